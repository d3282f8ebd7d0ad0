//! Where poetry keeps the environments of projects, by its own rules: variable, configuration file, cache directory.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The directory with poetry's environments, if there is one on this machine.
pub(crate) fn environments() -> Option<PathBuf> {
    kept(&|name| std::env::var_os(name).filter(|value| !value.is_empty()))
        .filter(|dir| dir.is_dir())
}

fn kept(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(dir) = variable("POETRY_VIRTUALENVS_PATH") {
        return Some(PathBuf::from(dir));
    }
    let home = variable("HOME").map(PathBuf::from);
    let in_home = |path: &str| home.as_ref().map(|home| home.join(path));
    let is_mac = cfg!(target_os = "macos");
    let config = variable("POETRY_CONFIG_DIR")
        .map(PathBuf::from)
        .or_else(|| {
            let base = variable("XDG_CONFIG_HOME").map(PathBuf::from);
            let default = if is_mac {
                "Library/Application Support"
            } else {
                ".config"
            };
            Some(base.or_else(|| in_home(default))?.join("pypoetry"))
        });
    let settings = config.and_then(|dir| read(&dir.join("config.toml")));
    let setting = |table: Option<&str>, key: &str| {
        let mut at = settings.as_ref()?;
        if let Some(table) = table {
            at = at.get(table)?.as_table()?;
        }
        Some(at.get(key)?.as_str()?.to_owned())
    };
    let cache = variable("POETRY_CACHE_DIR")
        .or_else(|| setting(None, "cache-dir").map(OsString::from))
        .map(PathBuf::from)
        .or_else(|| {
            let base = variable("XDG_CACHE_HOME").map(PathBuf::from);
            let default = if is_mac { "Library/Caches" } else { ".cache" };
            Some(base.or_else(|| in_home(default))?.join("pypoetry"))
        })?;
    let path = setting(Some("virtualenvs"), "path");
    Some(match path {
        Some(path) => match path.strip_prefix("{cache-dir}") {
            Some(rest) => cache.join(rest.trim_start_matches('/')),
            None => PathBuf::from(path),
        },
        None => cache.join("virtualenvs"),
    })
}

/// Poetry's own settings; one that cannot be read is poetry's business.
fn read(file: &Path) -> Option<toml::Table> {
    std::fs::read_to_string(file).ok()?.parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        kept(&|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn a_variable_wins_over_the_configuration_and_that_over_the_cache() {
        let dir = tempfile::tempdir().expect("a folder");
        let config = dir.path().join("config.toml");
        let at = dir.path().display().to_string();
        let home = [("HOME", "/h"), ("POETRY_CONFIG_DIR", at.as_str())];
        assert_eq!(with(&[]), None);
        assert_eq!(with(&home), Some("/h/.cache/pypoetry/virtualenvs".into()));
        for (text, path) in [
            ("[virtualenvs]\npath = '/envs'\n", "/envs"),
            (
                "[virtualenvs]\npath = '{cache-dir}/mine'\n",
                "/h/.cache/pypoetry/mine",
            ),
            ("cache-dir = '/c'\n", "/c/virtualenvs"),
            ("[virtualenvs\n", "/h/.cache/pypoetry/virtualenvs"),
        ] {
            std::fs::write(&config, text).expect("a file");
            assert_eq!(with(&home), Some(path.into()), "{text}");
        }
        let given = [home[0], home[1], ("POETRY_VIRTUALENVS_PATH", "/v")];
        assert_eq!(with(&given), Some("/v".into()));
        let cache = [("HOME", "/h"), ("XDG_CACHE_HOME", "/x")];
        assert_eq!(with(&cache), Some("/x/pypoetry/virtualenvs".into()));
    }
}
