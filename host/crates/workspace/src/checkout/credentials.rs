//! Who we are to a host, without ever asking the user: tokens of the settings, ssh agent, unlocked ssh keys, git's credential
//! helper. Nothing of it is stored, logged or shown. It must not know what is fetched.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use git2::{Config, Cred, CredentialType, Error, ErrorClass, ErrorCode};

/// Keys that ssh tries by itself.
const KEYS: [&str; 3] = ["id_ed25519", "id_ecdsa", "id_rsa"];

/// The name that goes with a token that has none: forges look at the token alone.
const ANYONE: &str = "x-access-token";

/// Tokens by host, each `token` or `user:token`; a host may carry its port.
#[derive(Clone, Default)]
pub struct Tokens(BTreeMap<String, String>);

impl Tokens {
    /// These tokens.
    pub fn new(tokens: BTreeMap<String, String>) -> Self {
        Self(tokens)
    }

    /// User and token for `url`: only over HTTPS, or to this machine, where nobody listens in.
    fn of(&self, url: &str) -> Option<(&str, &str)> {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let name = host.split(':').next().unwrap_or(host);
        if scheme != "https" && !matches!(name, "localhost" | "127.0.0.1") {
            return None;
        }
        let token = self.0.get(host).or_else(|| self.0.get(name))?;
        Some(token.split_once(':').unwrap_or((ANYONE, token)))
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tokens", self.0.len())
    }
}

/// Ways not tried yet. A host that refuses one asks again; each is offered once, or a wrong password would be sent for ever.
pub(super) struct Credentials {
    config: Option<Config>,
    tokens: Tokens,
    told: bool,
    ssh: Vec<SshWay>,
    named: bool,
    helped: bool,
    own: bool,
}

enum SshWay {
    Agent,
    Key(PathBuf),
}

impl Credentials {
    /// With the user's own git settings and keys; never with those of a repository.
    pub(super) fn of_the_user(tokens: &Tokens) -> Self {
        let folder = std::env::home_dir().map(|home| home.join(".ssh"));
        let keys = folder
            .map(|folder| KEYS.map(|key| folder.join(key)))
            .into_iter()
            .flatten();
        Self {
            tokens: tokens.clone(),
            ..Self::new(
                Config::open_default().ok(),
                keys.filter(|key| key.is_file()).collect(),
            )
        }
    }

    fn new(config: Option<Config>, keys: Vec<PathBuf>) -> Self {
        // Taken from the back.
        let mut ssh: Vec<SshWay> = keys.into_iter().rev().map(SshWay::Key).collect();
        ssh.push(SshWay::Agent);
        Self {
            config,
            tokens: Tokens::default(),
            told: false,
            ssh,
            named: false,
            helped: false,
            own: false,
        }
    }

    /// The next thing to offer.
    ///
    /// # Errors
    /// An authentication error when nothing is left.
    pub(super) fn offer(
        &mut self,
        url: &str,
        user: Option<&str>,
        allowed: CredentialType,
    ) -> Result<Cred, Error> {
        let ssh_user = user.unwrap_or("git");
        if allowed.is_username() && !self.named {
            self.named = true;
            return Cred::username(ssh_user);
        }
        if allowed.is_ssh_key() {
            while let Some(way) = self.ssh.pop() {
                let offer = match way {
                    SshWay::Agent => Cred::ssh_key_from_agent(ssh_user),
                    SshWay::Key(key) => Cred::ssh_key(ssh_user, None, &key, None),
                };
                if offer.is_ok() {
                    return offer;
                }
            }
        }
        if allowed.is_user_pass_plaintext()
            && !self.told
            && let Some((name, token)) = self.tokens.of(url)
        {
            self.told = true;
            return Cred::userpass_plaintext(name, token);
        }
        if allowed.is_user_pass_plaintext()
            && !self.helped
            && let Some(config) = &self.config
        {
            self.helped = true;
            if let Ok(offer) = Cred::credential_helper(config, url, user) {
                return Ok(offer);
            }
        }
        if allowed.is_default() && !self.own {
            self.own = true;
            return Cred::default();
        }
        Err(Error::new(
            ErrorCode::Auth,
            ErrorClass::Callback,
            "nothing is left to offer",
        ))
    }
}

/// What to do when nothing helped.
pub(super) fn advice(is_ssh: bool) -> String {
    match is_ssh {
        true => "no key of the ssh agent and no unlocked key in ~/.ssh was accepted; add one with `ssh-add`",
        false => "neither a token of the settings (`tokens.\"HOST\"`) nor git's credential helper had anything that was accepted; set a token, store one with `git credential approve`, or name an ssh URL",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_credential_helper_is_asked_once_and_then_nothing_is_left() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let file = place.path().join("config");
        let helper = "[credential]\n\thelper = \"!f() { echo username=u; echo password=p; }; f\"\n";
        std::fs::write(&file, helper).expect("written");
        let config = Config::open(&file).expect("read");
        let mut credentials = Credentials::new(Some(config), Vec::new());
        let allowed = CredentialType::USER_PASS_PLAINTEXT;
        let offer = credentials
            .offer("https://host.example/x", None, allowed)
            .expect("an offer");
        assert_eq!(
            offer.credtype(),
            CredentialType::USER_PASS_PLAINTEXT.bits() as _
        );
        let error = credentials
            .offer("https://host.example/x", None, allowed)
            .err()
            .expect("nothing left");
        assert_eq!(error.code(), ErrorCode::Auth);
    }

    #[test]
    fn a_token_goes_to_its_own_host_only_and_never_in_the_clear() {
        let tokens = Tokens::new(BTreeMap::from([
            ("git.example".to_owned(), "t0ken".to_owned()),
            ("127.0.0.1:8080".to_owned(), "ci:t1ken".to_owned()),
        ]));
        assert_eq!(
            tokens.of("https://git.example/a/b.git"),
            Some((ANYONE, "t0ken"))
        );
        assert_eq!(tokens.of("http://127.0.0.1:8080/a"), Some(("ci", "t1ken")));
        for url in [
            "http://git.example/a",
            "https://git.example.evil/a",
            "https://git.example@evil.example/a",
            "ssh://git@git.example/a",
        ] {
            assert_eq!(tokens.of(url), None, "{url}");
        }
        assert_eq!(format!("{tokens:?}"), "2 tokens");
        let mut credentials = Credentials {
            tokens,
            ..Credentials::new(None, Vec::new())
        };
        let allowed = CredentialType::USER_PASS_PLAINTEXT;
        let url = "https://git.example/a";
        assert!(credentials.offer(url, None, allowed).is_ok());
        assert!(
            credentials.offer(url, None, allowed).is_err(),
            "a refused token is not sent again"
        );
    }

    #[test]
    fn every_ssh_way_is_offered_once_and_the_agent_first() {
        let keys = vec![PathBuf::from("/keys/one"), PathBuf::from("/keys/two")];
        let mut credentials = Credentials::new(None, keys);
        assert!(matches!(credentials.ssh.last(), Some(SshWay::Agent)));
        let mut offers = 0;
        while credentials
            .offer(
                "ssh://git@host.example/x",
                Some("git"),
                CredentialType::SSH_KEY,
            )
            .is_ok()
        {
            offers += 1;
            assert!(offers < 10, "it never ends");
        }
        assert_eq!(offers, 3);
    }
}
