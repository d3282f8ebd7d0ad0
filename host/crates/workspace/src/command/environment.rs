//! The environment of a program: a short list, the same on every machine, so that neither secrets nor the user's habits
//! reach it. It must not know what the program is.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Variables of the user that say how to reach the network and the packages there: proxies, certificates, mirrors. Passed on
/// only with the network, and never with a password.
const NETWORK: [&str; 43] = [
    "ALL_PROXY",
    "CURL_CA_BUNDLE",
    "GIT_SSL_CAINFO",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NODE_EXTRA_CA_CERTS",
    "NO_PROXY",
    "NPM_CONFIG_REGISTRY",
    "PIP_CERT",
    "PIP_CONFIG_FILE",
    "PIP_CONSTRAINT",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_INDEX_URL",
    "PIP_NO_INDEX",
    "PIP_ONLY_BINARY",
    "PIP_PREFER_BINARY",
    "PIP_PROXY",
    "PIP_RETRIES",
    "PIP_TIMEOUT",
    "PIP_TRUSTED_HOST",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "UV_CONFIG_FILE",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_HTTP_TIMEOUT",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_INSECURE_HOST",
    "UV_NATIVE_TLS",
    "UV_NO_INDEX",
    "UV_OFFLINE",
    "UV_PYTHON_INSTALL_MIRROR",
    "all_proxy",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "npm_config_cafile",
    "npm_config_registry",
];

/// Settings files of the user that say the same, with the variable that names each: a command has a home of its own, in which
/// they are not. The first that exists is named, unless the user names one.
const SETTINGS: [(&str, &str); 3] = [
    ("PIP_CONFIG_FILE", ".config/pip/pip.conf"),
    ("PIP_CONFIG_FILE", ".pip/pip.conf"),
    ("UV_CONFIG_FILE", ".config/uv/uv.toml"),
];

/// Settings files above this size are held back unread; no real one comes near.
const LARGEST_SETTINGS: u64 = 1 << 20;

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

/// The whole environment: fixed values, the user's `PATH` without relative directories and those in `checkout`, then what
/// the recipe sets.
pub(super) fn compose(
    scratch: &Path,
    checkout: &Path,
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
    let path = search_path(env::var_os("PATH").as_deref(), Some(checkout));
    set("PATH", &path);
    if network {
        let passed = network_settings(&|name| env::var_os(name));
        for (name, value) in passed.granted {
            set(name, &value);
        }
    }
    for (name, value) in recipe {
        set(name, value.as_ref());
    }
    all
}

/// What a command with the network is told of how to reach it.
#[derive(Debug, Default, PartialEq, Eq)]
struct NetworkSettings {
    /// Variables and their values.
    granted: BTreeMap<&'static str, OsString>,
    /// Variables and files that hold a password and so were kept back.
    withheld: Vec<String>,
}

fn network_settings(variable: &dyn Fn(&str) -> Option<OsString>) -> NetworkSettings {
    let mut settings = NetworkSettings::default();
    for name in NETWORK {
        match variable(name) {
            Some(value) if holds_password(&value) || leads_to_password(name, &value) => {
                settings.withheld.push(name.to_owned());
            }
            Some(value) => drop(settings.granted.insert(name, value)),
            None => {}
        }
    }
    let home = variable("HOME").map(PathBuf::from);
    for (name, path) in SETTINGS {
        let Some(file) = home.as_ref().map(|home| home.join(path)) else {
            continue;
        };
        let is_named = settings.granted.contains_key(name) || variable(name).is_some();
        if is_named || !file.is_file() {
            continue;
        }
        match file_holds_password(&file, settings_hold_password) {
            true => settings.withheld.push(format!("~/{path}")),
            false => drop(settings.granted.insert(name, file.into_os_string())),
        }
    }
    settings
}

/// What a command with the network is not told because it holds a password: names of variables and settings files.
pub fn withheld() -> Vec<String> {
    network_settings(&|name| env::var_os(name)).withheld
}

/// Files and directories that the variables for the network name: without them a certificate or a folder of packages would
/// be named and not be there.
pub(super) fn named_files(env: &BTreeMap<OsString, OsString>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = NETWORK
        .iter()
        .filter_map(|name| env.get(OsStr::new(name))?.to_str())
        .flat_map(str::split_whitespace)
        .map(|word| PathBuf::from(word.strip_prefix("file://").unwrap_or(word)))
        .filter(|path| path.is_absolute() && path.parent().is_some() && path.exists())
        .collect();
    files.sort();
    files.dedup();
    files
}

/// The absolute directories of `path` that do not lie in `checkout`. A relative one, or one of an environment that the user
/// made active in the audited repository, would let that repository put its own program in place of a tool.
pub(crate) fn search_path(path: Option<&OsStr>, checkout: Option<&Path>) -> OsString {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    // Who audits a whole home directory, or the machine, audits what is theirs.
    let holds_home = |checkout: &PathBuf| {
        env::var_os("HOME").is_some_and(|home| real(Path::new(&home)).starts_with(checkout))
    };
    let checkout = checkout.map(real).filter(|checkout| !holds_home(checkout));
    let is_audited = |directory: &Path| {
        checkout
            .as_ref()
            .is_some_and(|checkout| real(directory).starts_with(checkout))
    };
    let safe: Vec<PathBuf> = path
        .iter()
        .flat_map(env::split_paths)
        .filter(|directory| directory.is_absolute() && !is_audited(directory))
        .collect();
    match env::join_paths(safe) {
        Ok(joined) if !joined.is_empty() => joined,
        _ => PATH.into(),
    }
}

/// Whether an address holds a user name, and so maybe a password.
fn holds_password(value: &OsStr) -> bool {
    value.as_encoded_bytes().contains(&b'@')
}

/// Whether a variable names a file that holds what [`holds_password`] keeps back in the variable itself.
fn leads_to_password(name: &str, value: &OsStr) -> bool {
    if name.ends_with("_CONFIG_FILE") {
        return file_holds_password(Path::new(value), settings_hold_password);
    }
    // One or several, as on a command line.
    name == "PIP_CONSTRAINT"
        && value
            .to_string_lossy()
            .split_whitespace()
            .any(|file| file_holds_password(Path::new(file), address_holds_password))
}

/// Whether what is in `file` is withheld. A file that is not there says nothing, and neither does `/dev/null`, by which
/// people switch settings off; what cannot be looked into may hold anything.
fn file_holds_password(file: &Path, holds: fn(&[u8]) -> bool) -> bool {
    match std::fs::metadata(file) {
        Err(_) => false,
        Ok(_) if file == Path::new("/dev/null") => false,
        Ok(it) if !it.is_file() || it.len() > LARGEST_SETTINGS => true,
        Ok(_) => !std::fs::read(file).is_ok_and(|text| !holds(&text)),
    }
}

/// Settings name proxies without a scheme, too, so that every `@` may follow a password.
fn settings_hold_password(text: &[u8]) -> bool {
    text.contains(&b'@')
}

/// Whether an address in a list of requirements, where `name @ https://host/path@version` is usual, has a user.
fn address_holds_password(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let mut addresses = text.split("://").skip(1);
    addresses.any(|rest| {
        let address = rest.split_whitespace().next().unwrap_or_default();
        let authority = address.split('/').next().unwrap_or_default();
        // A password that is not escaped may hold a slash; what follows a colon would then be no port.
        let port = authority.rsplit_once(':').map(|(_, port)| port);
        let is_port = port.is_none_or(|port| port.bytes().all(|digit| digit.is_ascii_digit()));
        authority.contains('@') || (!is_port && address.contains('@'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_directories_are_taken_out_of_path() {
        assert_eq!(search_path(Some(OsStr::new("/a:.:bin::/b")), None), "/a:/b");
        assert_eq!(search_path(Some(OsStr::new(".")), None), PATH);
        assert_eq!(search_path(None, None), PATH);
    }

    #[test]
    fn directories_of_the_audited_repository_are_taken_out_of_path() {
        let place = tempfile::tempdir().expect("a directory");
        let at = |name: &str| place.path().join(name);
        for name in ["repo/.venv/bin", "repository/bin"] {
            std::fs::create_dir_all(at(name)).expect("a directory");
        }
        std::os::unix::fs::symlink(at("repo/.venv"), at("active")).expect("a link");
        let names = ["repo/.venv/bin", "active/bin", "repository/bin", "repo"];
        let path = env::join_paths(names.map(at)).expect("a path");
        assert_eq!(
            search_path(Some(&path), Some(&at("repo"))),
            at("repository/bin").as_os_str()
        );
        assert_eq!(search_path(Some(&path), Some(Path::new("/"))), path);
        // As for every command.
        let path = env::var_os("PATH").expect("there is one");
        let first = env::split_paths(&path)
            .find(|directory| directory.is_dir())
            .expect("there is one");
        let all = compose(Path::new("/scratch"), &first, false, &BTreeMap::new());
        assert!(!env::split_paths(&all[OsStr::new("PATH")]).any(|one| one == first));
    }

    #[test]
    fn the_recipe_has_the_last_word_and_cargo_variables_do_not_pass() {
        let recipe = BTreeMap::from([("TZ".to_owned(), "Europe/Vienna".to_owned())]);
        let all = compose(Path::new("/scratch"), Path::new("/repo"), true, &recipe);
        assert_eq!(all[OsStr::new("TZ")], "Europe/Vienna");
        assert_eq!(all[OsStr::new("HOME")], "/scratch/home");
        assert!(
            !all.keys()
                .any(|name| name.to_string_lossy().starts_with("CARGO"))
        );
    }

    #[test]
    fn mirrors_and_certificates_pass_with_the_network_and_passwords_never() {
        let home = tempfile::tempdir().expect("a directory");
        let pip = home.path().join(".config/pip");
        std::fs::create_dir_all(&pip).expect("a directory");
        std::fs::write(pip.join("pip.conf"), "[global]\ncert = /etc/ssl/x.pem\n").expect("a file");
        let here = home.path().as_os_str().to_owned();
        let variable = |name: &str| match name {
            "HOME" => Some(here.clone()),
            "PIP_INDEX_URL" => Some("https://u:p@mirror.example/simple".into()),
            "PIP_FIND_LINKS" | "SSL_CERT_FILE" => Some(here.clone()),
            _ => None,
        };
        let settings = network_settings(&variable);
        assert_eq!(settings.withheld, ["PIP_INDEX_URL"]);
        assert_eq!(
            settings.granted.keys().copied().collect::<Vec<_>>(),
            ["PIP_CONFIG_FILE", "PIP_FIND_LINKS", "SSL_CERT_FILE"]
        );
        let env = settings
            .granted
            .into_iter()
            .map(|(name, value)| (name.into(), value))
            .collect();
        assert_eq!(
            named_files(&env),
            [home.path().to_owned(), pip.join("pip.conf")]
        );
        std::fs::write(
            pip.join("pip.conf"),
            "[global]\nindex-url = https://u:p@mirror.example/simple\n",
        )
        .expect("a file");
        assert_eq!(
            network_settings(&variable).withheld,
            ["PIP_INDEX_URL", "~/.config/pip/pip.conf"]
        );
    }

    #[test]
    fn a_file_that_the_user_names_is_withheld_for_what_is_in_it() {
        let place = tempfile::tempdir().expect("a directory");
        let granted = |name: &'static str, text: Option<&str>| {
            let file = place.path().join("file");
            let _ = std::fs::remove_file(&file);
            if let Some(text) = text {
                std::fs::write(&file, text).expect("a file");
            }
            let settings =
                network_settings(&|asked| (asked == name).then(|| file.as_os_str().to_owned()));
            let is_granted = settings.granted.contains_key(name);
            assert_eq!(settings.withheld.is_empty(), is_granted);
            is_granted
        };
        let secret = "index-url = https://u:p@mirror.example/simple\n";
        for name in ["PIP_CONFIG_FILE", "UV_CONFIG_FILE"] {
            assert!(!granted(name, Some(secret)), "{name}");
            assert!(!granted(name, Some("proxy = u:p@proxy.example:3128\n")));
            assert!(granted(
                name,
                Some("index-url = https://mirror.example/simple\n")
            ));
            assert!(granted(name, None), "a file that is not there");
        }
        let constraint = |text| granted("PIP_CONSTRAINT", Some(text));
        assert!(constraint("a==1\nb @ git+https://host.example:8443/b@v1\n"));
        assert!(!constraint("a==1\nb @ https://u:p@host.example/b.whl\n"));
        assert!(!constraint("b @ https://token@host.example/b.whl\n"));
        assert!(!constraint("b @ https://u:p/q@host.example/b.whl\n"));
        let null = |name: &str| (name == "PIP_CONFIG_FILE").then(|| "/dev/null".into());
        assert_eq!(network_settings(&null).withheld, [] as [String; 0]);
        let zero = |name: &str| (name == "PIP_CONFIG_FILE").then(|| "/dev/zero".into());
        assert_eq!(network_settings(&zero).withheld, ["PIP_CONFIG_FILE"]);
    }

    #[test]
    fn an_address_with_a_password_is_recognised() {
        assert!(holds_password(OsStr::new("http://u:p@proxy:3128")));
        assert!(!holds_password(OsStr::new("http://proxy:3128")));
    }
}
