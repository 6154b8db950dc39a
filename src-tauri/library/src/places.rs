//! Where everything lies that is not in a library's own folder. What differs between systems stands here.

use std::path::PathBuf;

use etcetera::{AppStrategy, AppStrategyArgs};

use crate::error::{Error, ErrorKind, Result};

/// The two folders outside of libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// What must not be lost: recovery copies, the device's name, records of libraries that can't be written, logs.
    pub data: PathBuf,
    /// What can be made anew: the indexes.
    pub cache: PathBuf,
}

impl Places {
    /// The folders of this user on this machine: `EDITO_DATA_DIR` and `EDITO_CACHE_DIR` where they are set, else what the
    /// system prescribes (the XDG base directories, `Library` on macOS, `AppData` on Windows).
    pub fn of_this_machine() -> Result<Self> {
        let data = named("EDITO_DATA_DIR");
        let cache = named("EDITO_CACHE_DIR");
        if let (Some(data), Some(cache)) = (&data, &cache) {
            return Ok(Self {
                data: data.clone(),
                cache: cache.clone(),
            });
        }
        let strategy = etcetera::app_strategy::choose_native_strategy(AppStrategyArgs {
            top_level_domain: "app".into(),
            author: "edito".into(),
            app_name: "Edito".into(),
        })
        .map_err(|error| Error::new(ErrorKind::NotFound, "there is no home folder").because(error))?;
        Ok(Self {
            data: data.unwrap_or_else(|| strategy.data_dir()),
            cache: cache.unwrap_or_else(|| strategy.cache_dir()),
        })
    }
}

/// A folder named by an environment variable, made absolute so that a later change of folder can't move it.
fn named(variable: &str) -> Option<PathBuf> {
    let value = std::env::var_os(variable).filter(|value| !value.is_empty())?;
    std::path::absolute(value).ok()
}
