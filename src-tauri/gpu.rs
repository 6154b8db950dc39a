//! How the page is drawn where no graphics processor is.

#[cfg(target_os = "linux")]
use std::path::Path;

/// Has the page drawn by the processor, straight into memory, on a machine without a device that draws: a virtual machine,
/// most remote desktops. There the web view would run the programs of a graphics processor on the processor; to compile them
/// takes several times what drawing the first picture takes, and what compiles them holds tens of megabytes.
///
/// `WEBKIT_DISABLE_COMPOSITING_MODE`, the web view's own switch, has the last word when it is set: 0 draws the usual way.
/// To be called before anything else, for it changes the environment, which no other thread may be reading.
pub fn choose() {
    #[cfg(target_os = "linux")]
    if !draws(Path::new("/dev")) && glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false).is_err() {
        eprintln!("error: the environment can't be changed");
    }
}

/// Whether there is a device that draws, which this user may use. It is not opened: that would wake a sleeping one.
#[cfg(target_os = "linux")]
fn draws(devices: &Path) -> bool {
    use rustix::fs::{Access, access};

    // What Mesa draws with; then NVIDIA's driver, Windows below WSL, and the drivers of Mali and Adreno without Mesa.
    let render = std::fs::read_dir(devices.join("dri")).into_iter().flatten().flatten();
    let render = render.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(b"renderD"));
    let others = ["nvidiactl", "dxg", "mali0", "kgsl-3d0"].map(|name| devices.join(name));
    render
        .map(|entry| entry.path())
        .chain(others)
        .any(|device| access(&device, Access::READ_OK | Access::WRITE_OK).is_ok())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_device_that_draws_is_known_by_its_name() {
        for (name, drawing) in [
            ("dri/renderD128", true),
            ("dri/renderD129", true),
            ("nvidiactl", true),
            ("dxg", true),
            // Shows pictures, and draws none.
            ("dri/card0", false),
            ("fb0", false),
        ] {
            let devices = tempfile::tempdir().unwrap();
            assert!(!draws(devices.path()));
            let device = devices.path().join(name);
            std::fs::create_dir_all(device.parent().unwrap()).unwrap();
            std::fs::write(&device, "").unwrap();
            assert_eq!(draws(devices.path()), drawing, "{name}");
        }
    }
}
