//! What the figures were measured on.

use std::fs;

/// The machine, in one line: processor, cores, memory, system.
pub fn description() -> String {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.into());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|value| value.split_whitespace().next()?.parse::<f64>().ok())
        .map_or_else(
            || "unknown memory".into(),
            |kilobytes| format!("{:.0} GB of memory", kilobytes * 1024.0 / 1e9),
        );
    let system = fs::read_to_string("/etc/os-release")
        .ok()
        .and_then(|text| {
            Some(
                text.lines()
                    .find_map(|line| line.strip_prefix("PRETTY_NAME="))?
                    .trim_matches('"')
                    .to_owned(),
            )
        })
        .unwrap_or_else(|| std::env::consts::OS.into());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{processor}, {cores} cores, {memory}, {system}, Linux {}",
        kernel.trim()
    )
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
