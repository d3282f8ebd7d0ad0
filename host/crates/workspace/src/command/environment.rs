//! The environment of a program: a short list, the same on every machine, so that neither secrets nor the user's habits
//! reach it. It must not know what the program is.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Variables of the user that say how to reach the network; passed on only with the network, and never with a password.
const NETWORK: [&str; 10] = [
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "all_proxy",
    "https_proxy",
    "http_proxy",
    "no_proxy",
];

/// Where programs are looked for when the user's `PATH` names no absolute directory.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// Directories of a program below the scratch directory.
pub(super) fn home(scratch: &Path) -> PathBuf {
    scratch.join("home")
}

/// The directory for temporary files below the scratch directory.
pub(super) fn temporary(scratch: &Path) -> PathBuf {
    scratch.join("tmp")
}

/// The whole environment: fixed values, the user's `PATH` without relative directories, then what the recipe sets.
pub(super) fn compose(
    scratch: &Path,
    network: bool,
    recipe: &BTreeMap<String, String>,
) -> BTreeMap<OsString, OsString> {
    let home = home(scratch);
    let temporary = temporary(scratch);
    let mut all: BTreeMap<OsString, OsString> = BTreeMap::new();
    let mut set = |name: &str, value: &OsStr| {
        all.insert(name.into(), value.to_owned());
    };
    for (name, value) in [
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LANG", "C.UTF-8"),
        ("LC_ALL", "C.UTF-8"),
        ("LOGNAME", "perfctl"),
        ("NO_COLOR", "1"),
        ("PAGER", "cat"),
        ("TERM", "dumb"),
        ("TZ", "UTC"),
        ("USER", "perfctl"),
    ] {
        set(name, value.as_ref());
    }
    set("HOME", home.as_os_str());
    for (name, folder) in [
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
    ] {
        set(name, home.join(folder).as_os_str());
    }
    for name in ["TMPDIR", "TMP", "TEMP"] {
        set(name, temporary.as_os_str());
    }
    set("PATH", &search_path(env::var_os("PATH").as_deref()));
    if network {
        for name in NETWORK {
            if let Some(value) = env::var_os(name).filter(|value| !holds_password(value)) {
                set(name, &value);
            }
        }
    }
    for (name, value) in recipe {
        set(name, value.as_ref());
    }
    all
}

/// The absolute directories of `path`. A relative one would let the audited repository, where programs are run, put its own
/// program in place of a tool.
pub(crate) fn search_path(path: Option<&OsStr>) -> OsString {
    let absolute: Vec<PathBuf> = path
        .iter()
        .flat_map(env::split_paths)
        .filter(|directory| directory.is_absolute())
        .collect();
    match env::join_paths(absolute) {
        Ok(joined) if !joined.is_empty() => joined,
        _ => PATH.into(),
    }
}

/// Whether a proxy's address holds a user name, and so maybe a password.
fn holds_password(value: &OsStr) -> bool {
    value.as_encoded_bytes().contains(&b'@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_directories_are_taken_out_of_path() {
        assert_eq!(search_path(Some(OsStr::new("/a:.:bin::/b"))), "/a:/b");
        assert_eq!(search_path(Some(OsStr::new("."))), PATH);
        assert_eq!(search_path(None), PATH);
    }

    #[test]
    fn the_recipe_has_the_last_word_and_cargo_variables_do_not_pass() {
        let recipe = BTreeMap::from([("TZ".to_owned(), "Europe/Vienna".to_owned())]);
        let all = compose(Path::new("/scratch"), true, &recipe);
        assert_eq!(all[OsStr::new("TZ")], "Europe/Vienna");
        assert_eq!(all[OsStr::new("HOME")], "/scratch/home");
        assert!(
            !all.keys()
                .any(|name| name.to_string_lossy().starts_with("CARGO"))
        );
    }

    #[test]
    fn a_proxy_with_a_password_is_recognised() {
        assert!(holds_password(OsStr::new("http://u:p@proxy:3128")));
        assert!(!holds_password(OsStr::new("http://proxy:3128")));
    }
}
