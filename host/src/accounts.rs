//! Tokens and passwords of the user: from the settings (`tokens`), the environment, and what `docker login` and `podman login`
//! left. The one place that knows them, so that it can tell the redactor all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use perfctl_wire::settings::{Settings, Token};
use perfctl_workspace::checkout::Tokens;
use serde_json::Value;

/// Names of docker's own registry; a login is filed under one, asked for under another.
const DOCKER_HUB: [&str; 4] = [
    "docker.io",
    "index.docker.io",
    "registry-1.docker.io",
    "registry.hub.docker.com",
];

/// The name that goes with a token that has none: registries that give tokens look at the token alone.
const ANYONE: &str = "token";

/// Files of logins larger than this are none.
const LARGEST: u64 = 1 << 20;

/// Everything that is known.
#[derive(Default)]
pub(crate) struct Accounts {
    /// Tokens of the settings by host.
    tokens: BTreeMap<String, String>,
    /// Files of logins, the first wins.
    logins: Vec<Logins>,
    /// Tokens that could not be used, by host; each a sentence.
    unset: BTreeMap<String, String>,
    /// The same, in the order of the settings.
    notes: Vec<String>,
}

/// One file of logins.
struct Logins {
    file: String,
    auths: BTreeMap<String, Login>,
    /// Helper programs by host; the empty host stands for all others.
    helpers: BTreeMap<String, String>,
}

/// What is filed for one host.
#[derive(Clone, PartialEq, Eq)]
enum Login {
    Password {
        user: String,
        password: String,
    },
    /// A refresh token, which is exchanged in a way of its own.
    Identity,
}

/// What is known of one host.
pub(crate) enum Account {
    /// Name and password.
    Known { user: String, password: String },
    /// It is kept in a way that is not read; what to do.
    Elsewhere(String),
    /// Nothing.
    None,
}

impl Accounts {
    /// Those of the settings, and the logins of this user.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self::with(settings, &|name| std::env::var(name).ok())
    }

    fn with(settings: &Settings, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut accounts = Self::default();
        for (host, token) in &settings.tokens {
            match &token.value {
                Token::Literal(secret) => {
                    accounts
                        .tokens
                        .insert(host.clone(), secret.reveal().to_owned());
                }
                Token::Environment(name) => match variable(name).filter(|it| !it.is_empty()) {
                    Some(token) => drop(accounts.tokens.insert(host.clone(), token)),
                    None => {
                        let note = format!(
                            "{}: the token for `{host}` is to come from the environment variable {name}, which is not set",
                            token.origin
                        );
                        accounts.unset.insert(host.clone(), note.clone());
                        accounts.notes.push(note);
                    }
                },
            }
        }
        accounts.logins = login_files(variable)
            .iter()
            .filter_map(|file| read_logins(file))
            .collect();
        accounts
    }

    /// What could not be used.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Every text that must not be shown.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let mut secrets = Vec::new();
        for token in self.tokens.values() {
            secrets.push(token.clone());
            secrets.extend(
                token
                    .split_once(':')
                    .map(|(_, password)| password.to_owned()),
            );
        }
        let logins = self.logins.iter().flat_map(|file| file.auths.values());
        secrets.extend(logins.filter_map(|login| match login {
            Login::Password { password, .. } => Some(password.clone()),
            Login::Identity => None,
        }));
        secrets
    }

    /// Tokens for git hosts.
    pub(crate) fn for_git(&self) -> Tokens {
        Tokens::new(self.tokens.clone())
    }

    /// The account for images of `repository` at the registry `host`.
    pub(crate) fn for_registry(&self, host: &str, repository: &str) -> Account {
        let names: Vec<&str> = if DOCKER_HUB.contains(&host) {
            DOCKER_HUB.to_vec()
        } else {
            vec![host]
        };
        let unset = names.iter().find_map(|name| self.unset.get(*name));
        match (self.filed(&names, host, repository), unset) {
            (Account::Known { user, password }, _) => Account::Known { user, password },
            // The user's own word for this host comes before what docker does.
            (_, Some(note)) => Account::Elsewhere(note.clone()),
            (other, None) => other,
        }
    }

    /// What is filed for `host` under one of its `names`.
    fn filed(&self, names: &[&str], host: &str, repository: &str) -> Account {
        if let Some(token) = names.iter().find_map(|name| self.tokens.get(*name)) {
            let (user, password) = token.split_once(':').unwrap_or((ANYONE, token));
            return Account::Known {
                user: user.to_owned(),
                password: password.to_owned(),
            };
        }
        for file in &self.logins {
            // podman files logins by parts of a registry, too; the longest fits best.
            let login = names.iter().find_map(|name| {
                let whole = format!("{name}/{repository}");
                let mut parts: Vec<&str> = whole
                    .match_indices('/')
                    .map(|(at, _)| &whole[..at])
                    .collect();
                parts.push(&whole);
                parts.iter().rev().find_map(|part| file.auths.get(*part))
            });
            match login {
                Some(Login::Password { user, password }) => {
                    return Account::Known {
                        user: user.clone(),
                        password: password.clone(),
                    };
                }
                Some(Login::Identity) => {
                    return Account::Elsewhere(format!(
                        "{} holds an identity token for {host}, which perfctl does not exchange: set `tokens.\"{host}\"` in \
                         the user's settings",
                        file.file
                    ));
                }
                None => {}
            }
            let helper = names
                .iter()
                .chain(&[""])
                .find_map(|name| file.helpers.get(*name));
            if let Some(helper) = helper {
                return Account::Elsewhere(format!(
                    "{} leaves passwords to the program docker-credential-{helper}, which perfctl does not ask: set \
                     `tokens.\"{host}\"` in the user's settings, such as {{ env = \"REGISTRY_TOKEN\" }}",
                    file.file
                ));
            }
        }
        Account::None
    }
}

/// Where `docker login` and `podman login` file what they were told.
fn login_files(variable: &dyn Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let path = |name: &str, rest: &str| variable(name).map(|base| Path::new(&base).join(rest));
    let docker =
        path("DOCKER_CONFIG", "config.json").or_else(|| path("HOME", ".docker/config.json"));
    [
        variable("REGISTRY_AUTH_FILE").map(PathBuf::from),
        docker,
        path("XDG_RUNTIME_DIR", "containers/auth.json"),
        path("HOME", ".config/containers/auth.json"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn read_logins(file: &Path) -> Option<Logins> {
    if std::fs::metadata(file).ok()?.len() > LARGEST {
        return None;
    }
    let bytes = std::fs::read(file).ok()?;
    // A file that is no JSON is docker's to complain of; what an image needs is then said when it is refused.
    let found: Value = serde_json::from_slice(&bytes).ok()?;
    let mut logins = Logins {
        file: file.display().to_string(),
        auths: BTreeMap::new(),
        helpers: BTreeMap::new(),
    };
    for (key, entry) in found["auths"].as_object().into_iter().flatten() {
        if let Some(login) = login(entry) {
            logins.auths.insert(place(key), login);
        }
    }
    for (key, helper) in found["credHelpers"].as_object().into_iter().flatten() {
        if let Some(helper) = helper.as_str() {
            logins.helpers.insert(place(key), helper.to_owned());
        }
    }
    if let Some(helper) = found["credsStore"].as_str().filter(|it| !it.is_empty()) {
        logins.helpers.insert(String::new(), helper.to_owned());
    }
    Some(logins)
}

fn login(entry: &Value) -> Option<Login> {
    let text = |key: &str| entry[key].as_str().filter(|text| !text.is_empty());
    if text("identitytoken").is_some() {
        return Some(Login::Identity);
    }
    if let (Some(user), Some(password)) = (text("username"), text("password")) {
        return Some(Login::Password {
            user: user.to_owned(),
            password: password.to_owned(),
        });
    }
    let decoded = String::from_utf8(STANDARD.decode(text("auth")?.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some(Login::Password {
        user: user.to_owned(),
        password: password.trim_end_matches('\0').to_owned(),
    })
}

/// A key of a file of logins as host and path: `https://index.docker.io/v1/` is `index.docker.io`.
fn place(key: &str) -> String {
    let bare = key.split_once("://").map_or(key, |(_, rest)| rest);
    let bare = bare.trim_end_matches('/');
    bare.strip_suffix("/v1")
        .or_else(|| bare.strip_suffix("/v2"))
        .unwrap_or(bare)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts(file: &str) -> Accounts {
        let dir = tempfile::tempdir().expect("a directory");
        std::fs::write(dir.path().join("config.json"), file).expect("a file");
        let here = dir.path().display().to_string();
        let settings = perfctl_wire::settings::merge(&[], false);
        Accounts::with(&settings, &|name| {
            (name == "DOCKER_CONFIG").then(|| here.clone())
        })
    }

    fn known(account: Account) -> (String, String) {
        match account {
            Account::Known { user, password } => (user, password),
            Account::Elsewhere(why) => panic!("{why}"),
            Account::None => panic!("nothing is known"),
        }
    }

    #[test]
    fn a_login_of_docker_is_found_by_host_and_its_password_is_a_secret() {
        // `ci:pass-word` and `me:hub-pass` in base64.
        let accounts = accounts(
            r#"{"auths": {"127.0.0.1:5000": {"auth": "Y2k6cGFzcy13b3Jk"},
                "https://index.docker.io/v1/": {"auth": "bWU6aHViLXBhc3M="},
                "quay.io/team": {"username": "bot", "password": "robot-pass"}}}"#,
        );
        let of = |host: &str, repository: &str| known(accounts.for_registry(host, repository));
        assert_eq!(
            of("127.0.0.1:5000", "shop"),
            ("ci".into(), "pass-word".into())
        );
        assert_eq!(
            of("registry-1.docker.io", "library/python"),
            ("me".into(), "hub-pass".into())
        );
        assert_eq!(
            of("quay.io", "team/shop"),
            ("bot".into(), "robot-pass".into())
        );
        assert!(matches!(
            accounts.for_registry("quay.io", "other/shop"),
            Account::None
        ));
        let mut secrets = accounts.secrets();
        secrets.sort();
        assert_eq!(secrets, ["hub-pass", "pass-word", "robot-pass"]);
    }

    #[test]
    fn what_a_helper_keeps_is_said_to_be_out_of_reach() {
        let accounts = accounts(
            r#"{"auths": {"ghcr.io": {}}, "credsStore": "desktop", "credHelpers": {"gcr.io": "gcloud"}}"#,
        );
        for (host, helper) in [("ghcr.io", "desktop"), ("gcr.io", "gcloud")] {
            let Account::Elsewhere(why) = accounts.for_registry(host, "a/b") else {
                panic!("{host} is known");
            };
            assert!(
                why.contains(&format!("docker-credential-{helper}")),
                "{why}"
            );
            assert!(why.contains(&format!("tokens.\"{host}\"")), "{why}");
        }
    }

    #[test]
    fn tokens_of_the_settings_win_and_an_unset_variable_is_said() {
        let text = "schema = \"perfctl.settings/1\"\n[tokens]\n\"ghcr.io\" = { env = \"SET\" }\n\
                    \"git.example\" = \"user:s3cret-word\"\n\"gone.example\" = { env = \"UNSET\" }\n";
        let layer =
            perfctl_wire::settings::read("config.toml", text, perfctl_wire::settings::Level::User)
                .expect("read");
        let settings = perfctl_wire::settings::merge(&[layer], false);
        let accounts = Accounts::with(&settings, &|name| {
            (name == "SET").then(|| "from-the-environment".to_owned())
        });
        assert_eq!(
            known(accounts.for_registry("ghcr.io", "a/b")),
            (ANYONE.into(), "from-the-environment".into())
        );
        let Account::Elsewhere(why) = accounts.for_registry("gone.example", "a/b") else {
            panic!("nothing is known, and why is");
        };
        assert!(why.contains("UNSET"), "{why}");
        assert!(
            accounts.notes()[0].contains("UNSET"),
            "{:?}",
            accounts.notes()
        );
        let secrets = accounts.secrets();
        assert!(secrets.contains(&"s3cret-word".to_owned()), "{secrets:?}");
    }
}
