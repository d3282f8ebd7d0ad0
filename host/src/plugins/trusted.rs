//! Whose signatures count, and what has to be signed.

use std::path::Path;

use perfctl_fetch::signature::{Key, signer};
use perfctl_wire::settings::Settings;

use crate::error::CommandError;

/// The user's keys.
pub(crate) struct Trusted {
    keys: Vec<Key>,
    is_required: bool,
}

/// What a signature is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    /// This key made it, which is trusted.
    By(String),
    /// It is there, and no key is to hold it against.
    Unchecked,
    /// There is none.
    Not,
}

/// The one key that has to have signed a plugin.
#[derive(Clone, Debug)]
pub(crate) enum Pinned {
    /// The lock holds it: it signed before.
    Before(Key),
    /// The user gives it now.
    Now(Key),
}

impl Pinned {
    /// The key.
    pub(crate) fn key(&self) -> &Key {
        match self {
            Self::Before(key) | Self::Now(key) => key,
        }
    }
}

impl Trusted {
    /// The keys of the settings.
    pub(crate) fn of(settings: &Settings) -> Result<Self, CommandError> {
        let keys = settings.plugin_keys.iter().map(|key| {
            Key::read(&key.value)
                .map_err(|why| CommandError::usage(format!("{}: {why}", key.origin)))
        });
        Ok(Self {
            keys: keys.collect::<Result<_, _>>()?,
            is_required: settings.require_signature.unwrap_or_default(),
        })
    }

    /// Nobody's, and nothing has to be signed.
    pub(crate) fn nobody() -> Self {
        Self {
            keys: Vec::new(),
            is_required: false,
        }
    }

    /// What the signature of `bytes` is worth. `id` is the plugin's.
    ///
    /// # Errors
    /// When a signature is wrong, or lacks where one has to be; a sentence without its subject.
    pub(crate) fn check(
        &self,
        id: &str,
        bytes: &[u8],
        signature: Option<&str>,
        pinned: Option<&Pinned>,
    ) -> Result<Signed, String> {
        let own: Vec<Key> = match pinned {
            // A key that was settled on is the only one: another one may belong to whoever took the place over.
            Some(pinned) => vec![pinned.key().clone()],
            None => self.keys.clone(),
        };
        let signed = match (signature, pinned) {
            (None, Some(Pinned::Before(_))) => {
                return Err("it is not signed, and it was before".to_owned());
            }
            (None, Some(Pinned::Now(key))) => {
                return Err(format!("it is not signed, and {key} has to have signed it"));
            }
            (None, None) => Signed::Not,
            (Some(_), _) if own.is_empty() => Signed::Unchecked,
            (Some(text), _) => {
                let by = signer(bytes, text, &own).map_err(|error| error.to_string())?;
                Signed::By(by.to_string())
            }
        };
        let counts = |key: &String| self.keys.iter().any(|own| own.to_string() == *key);
        match &signed {
            _ if !self.is_required => Ok(signed),
            Signed::By(key) if counts(key) => Ok(signed),
            Signed::By(key) => Err(format!(
                "it is signed by {key}, which is none of `[plugins] keys` of your settings"
            )),
            _ => Err(format!(
                "`{id}` is not signed by a key that counts, and `[plugins] require_signature` asks for one: sign it with minisign, and add \
                 the public key to `[plugins] keys` of your settings"
            )),
        }
    }

    /// Refuses the scripts of a folder where plugins have to be signed: nothing signs a folder, and a plugin that comes as one would
    /// get around it.
    pub(crate) fn may_run_folder(&self, folder: &Path) -> Result<(), String> {
        match self.is_required {
            true => Err(format!(
                "a folder of scripts is not signed, and `[plugins] require_signature` asks for that: make one file of it with `perfctl \
                 plugin build {} --output FILE`, sign that with minisign, and add it with `perfctl plugin add FILE`",
                folder.display()
            )),
            false => Ok(()),
        }
    }

    /// As [`Trusted::check`], where only what has to be is looked at: at every run.
    pub(crate) fn may_run(
        &self,
        id: &str,
        bytes: &[u8],
        signature: Option<&str>,
    ) -> Result<(), String> {
        match self.is_required {
            true => self.check(id, bytes, signature, None).map(drop),
            false => Ok(()),
        }
    }
}
