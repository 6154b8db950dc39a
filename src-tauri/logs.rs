//! The log, and a report when Edito falls over. Both stay in the data folder; nothing is sent anywhere.

use std::panic;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Days of logs that are kept.
const DAYS_KEPT: usize = 14;

/// Where logs and crash reports lie, within the data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join("logs")
}

/// Starts the log: one file a day, the oldest removed. `EDITO_LOG` takes a filter such as `debug`.
pub fn start(data: &Path) {
    let folder = folder(data);
    let _ = std::fs::create_dir_all(&folder);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("edito")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(&folder);
    let filter = EnvFilter::try_from_env("EDITO_LOG").unwrap_or_else(|_| EnvFilter::new("info,tantivy=warn"));
    match file {
        Ok(file) => {
            let _ = tracing_subscriber::fmt()
                .with_env_filter(filter)
                .with_ansi(false)
                .with_writer(std::sync::Mutex::new(file))
                .try_init();
        }
        Err(error) => eprintln!("error: no log in {}: {error}", folder.display()),
    }
    report_panics(folder);
}

/// Leaves a report of each panic beside the logs, then lets the usual message appear.
fn report_panics(folder: PathBuf) {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let now = Timestamp::now();
        let report = format!(
            "Edito {} on {} {}\n{now}\n\n{info}\n\n{}\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            std::backtrace::Backtrace::force_capture(),
        );
        let name = format!("crash-{}.txt", now.strftime("%Y%m%d-%H%M%S-%f"));
        let _ = std::fs::write(folder.join(name), report);
        tracing::error!("{info}");
        usual(info);
    }));
}
