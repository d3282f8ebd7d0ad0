//! Who we are to a host, without ever asking the user: ssh agent, unlocked ssh keys, git's credential helper. Nothing of it
//! is stored, logged or shown. It must not know what is fetched.

use std::path::PathBuf;

use git2::{Config, Cred, CredentialType, Error, ErrorClass, ErrorCode};

/// Keys that ssh tries by itself.
const KEYS: [&str; 3] = ["id_ed25519", "id_ecdsa", "id_rsa"];

/// Ways not tried yet. A host that refuses one asks again; each is offered once, or a wrong password would be sent for ever.
pub(super) struct Credentials {
    config: Option<Config>,
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
    pub(super) fn of_the_user() -> Self {
        let folder = std::env::home_dir().map(|home| home.join(".ssh"));
        let keys = folder
            .map(|folder| KEYS.map(|key| folder.join(key)))
            .into_iter()
            .flatten();
        Self::new(
            Config::open_default().ok(),
            keys.filter(|key| key.is_file()).collect(),
        )
    }

    fn new(config: Option<Config>, keys: Vec<PathBuf>) -> Self {
        // Taken from the back.
        let mut ssh: Vec<SshWay> = keys.into_iter().rev().map(SshWay::Key).collect();
        ssh.push(SshWay::Agent);
        Self {
            config,
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
        false => "git's credential helper had nothing that was accepted; store a token with `git credential approve` or name an ssh URL",
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
