//! From a source to the bytes of a plugin, whatever kind of source it is.

use std::path::Path;

use perfctl_core::event::Event;
use perfctl_core::seams::{Sink, Stop as _};
use perfctl_fetch::artifact::{self, ArtifactError};
use perfctl_fetch::download::{self, DownloadError};
use perfctl_fetch::{Bounds, Delivery, Source};
use perfctl_registry::{Account, Reference, RegistryError, Secret};
use perfctl_wasm::component::MOST_BYTES;
use perfctl_workspace::checkout::{CheckoutError, Part};
use perfctl_workspace::temp::RunDirectory;

use super::links::{refuse_links, refuse_links_to};
use super::shelf::signature_of;
use super::stale::warn_of_newer;
use super::{COMPONENT, Package, bundle, is_compiled, is_plugin, read};
use crate::accounts::{self, Accounts};
use crate::error::CommandError;
use crate::interrupt::Interrupt;
use crate::ui::{Screen, Ui};

/// The most bytes that a clone may bring, for all of a commit comes with it, and that its files may have: many plugins in Python of 19 MB, and no image of a disk.
const MOST_OF_A_CLONE: usize = 1 << 30;

/// Fetches plugins.
pub(crate) struct Obtain<'u> {
    accounts: &'u Accounts,
    screen: Screen<'u>,
    stop: Interrupt,
}

/// What is to be fetched.
pub(crate) struct Wanted<'w> {
    pub(crate) source: &'w Source,
    /// Where relative paths begin.
    pub(crate) base: &'w Path,
    /// The state of the source that a lock names, in place of what the source stands for now.
    pub(crate) revision: Option<&'w str>,
    /// Who says where it comes from.
    pub(crate) said_by: SaidBy,
}

/// Who names a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SaidBy {
    /// The user, on the command line.
    User,
    /// A lock, which may be anybody's: it cannot say that the user's password travels in the clear.
    Lock,
}

/// The account for a host, and why there is none where there could be one.
#[derive(Default)]
struct Filed {
    account: Option<Account>,
    why_not: Option<String>,
}

impl Filed {
    /// Adds why no account was shown to what was refused for lack of one.
    fn explain(&self, error: CommandError) -> CommandError {
        match &self.why_not {
            Some(why) => error.hint(why.clone()),
            None => error,
        }
    }
}

impl<'u> Obtain<'u> {
    /// With the user's accounts; progress goes to the terminal.
    pub(crate) fn new(accounts: &'u Accounts, ui: &'u Ui) -> Self {
        Self {
            accounts,
            screen: Screen::new(ui),
            stop: Interrupt::listen(),
        }
    }

    /// The plugin that a source stands for.
    ///
    /// # Errors
    /// When there is none, or it cannot be had; nothing is written.
    pub(crate) fn get(&self, wanted: &Wanted<'_>) -> Result<Delivery, CommandError> {
        self.screen.busy(&format!("fetching {}", wanted.source));
        let got = self.dispatch(wanted);
        self.screen.idle();
        match got {
            _ if self.stop.requested() => Err(interrupted()),
            got => got,
        }
    }

    /// Reads what came, which may take its time: components are compiled.
    pub(crate) fn reading(
        &self,
        what: &str,
        read: impl FnOnce() -> Result<Package, CommandError>,
    ) -> Result<Package, CommandError> {
        self.screen.busy(&format!("compiling {what}"));
        let read = read();
        self.screen.idle();
        match read {
            _ if self.stop.requested() => Err(interrupted()),
            read => read,
        }
    }

    fn dispatch(&self, wanted: &Wanted<'_>) -> Result<Delivery, CommandError> {
        let shown = wanted.source;
        match wanted.source {
            Source::Path(path) => {
                let path = wanted.base.join(path);
                // What a clone brings is written in any order.
                let folder = match path.file_name().is_some_and(|name| name == COMPONENT) {
                    true => path.parent(),
                    false => Some(path.as_path()),
                };
                folder.into_iter().for_each(warn_of_newer);
                at_path(&path)
            }
            Source::Url(url) => {
                let host = url
                    .split("://")
                    .nth(1)
                    .and_then(|rest| rest.split('/').next());
                let filed = self.account(host.unwrap_or_default(), "");
                let (url, stop, account) = (url.clone(), self.stop, filed.account.clone());
                let got = stop.unless_asked(move || {
                    download::download(&url, account.as_ref(), bounds(), &stop)
                });
                got.ok_or_else(interrupted)?.map_err(|error| {
                    let text = format!("{shown} {error}");
                    match error {
                        DownloadError::Stopped => interrupted(),
                        DownloadError::Unauthorised { .. } => {
                            filed.explain(CommandError::usage(text))
                        }
                        DownloadError::Absent(_) | DownloadError::TooLarge(_) => {
                            CommandError::usage(text)
                        }
                        _ => CommandError::failure(text),
                    }
                })
            }
            Source::Git {
                url,
                reference,
                folder,
            } => {
                let reference = wanted.revision.or(reference.as_deref());
                self.in_git(url, reference, folder.as_deref())
            }
            Source::Registry { name, insecure } => {
                let mut reference = read_name(name)?;
                if let Some(revision) = wanted.revision {
                    let at = reference.at(revision);
                    reference = at.map_err(|why| CommandError::usage(format!("{shown}: {why}")))?;
                }
                let filed = match may_show_account(&reference, *insecure, wanted.said_by) {
                    true => self.account(&reference.host, &reference.repository),
                    false => Filed {
                        account: None,
                        why_not: Some(format!(
                            "the lock has it fetched without encryption, and no lock sends your account over the network like that: `perfctl plugin add \
                             {shown}` does, if you want it"
                        )),
                    },
                };
                let (insecure, stop, account) = (*insecure, self.stop, filed.account.clone());
                let got = stop.unless_asked(move || {
                    artifact::pull(&reference, account.as_ref(), insecure, bounds(), &stop)
                });
                got.ok_or_else(interrupted)?
                    .map_err(|error| artifact_failed(&shown.to_string(), error, &filed))
            }
        }
    }

    /// Stores a plugin in a registry, and gives the digest of its manifest.
    pub(crate) fn push(
        &self,
        name: &str,
        insecure: bool,
        package: &Package,
    ) -> Result<String, CommandError> {
        let reference = read_name(name)?;
        let filed = self.account(&reference.host, &reference.repository);
        let account = filed.account.clone();
        let (bytes, title) = (package.bytes.clone(), package.file_name());
        let version = package.pack.version.clone();
        let (signature, kind, stop) = (package.signature.clone(), package.kind(), self.stop);
        self.screen.busy(&format!("storing oci://{name}"));
        let done = stop.unless_asked(move || {
            let parcel = artifact::Parcel {
                bytes: &bytes,
                title,
                version,
                signature,
                kind,
            };
            artifact::push(&reference, account.as_ref(), insecure, &parcel, &stop)
        });
        self.screen.idle();
        let shown = format!("oci://{name}");
        done.ok_or_else(unstored)?
            .map_err(|error| push_failed(&shown, error, &filed))
    }

    fn account(&self, host: &str, repository: &str) -> Filed {
        match self.accounts.for_registry(host, repository) {
            accounts::Account::Known { user, password } => Filed {
                account: Some(Account {
                    username: user,
                    password: Secret::new(password),
                }),
                why_not: None,
            },
            // It may be open to everybody.
            accounts::Account::Elsewhere(why) => Filed {
                account: None,
                why_not: Some(why),
            },
            accounts::Account::None => Filed::default(),
        }
    }

    fn in_git(
        &self,
        url: &str,
        reference: Option<&str>,
        folder: Option<&str>,
    ) -> Result<Delivery, CommandError> {
        let temp = RunDirectory::create(false).map_err(CommandError::failure)?;
        // Without a reference a directory would be looked at as it is, with what nobody committed.
        let reference = reference.or_else(|| Path::new(url).is_dir().then_some("HEAD"));
        // Signatures lie beside files, under names that begin alike.
        let part = Part {
            reference,
            begins: folder,
            most: Some(MOST_OF_A_CLONE),
            time: Some(bounds().time),
        };
        let checkout = perfctl_workspace::checkout::open_part(
            url,
            part,
            &temp.checkout(),
            &self.accounts.for_git(),
            &Fetching(&self.screen),
            &self.stop,
        );
        let checkout = checkout.map_err(|error| match error {
            CheckoutError::TooLarge { .. } | CheckoutError::Slow { .. } => CommandError::from(error).hint(
                "all of a commit comes with a clone: keep the plugin in a smaller repository, or add its file by URL or path",
            ),
            error => error.into(),
        })?;
        let root = checkout.root();
        let place = root.join(folder.unwrap_or_default());
        refuse_links_to(root, &place)?;
        if !place.exists() {
            return Err(CommandError::usage(format!(
                "{url} has no `{}` at {}",
                folder.unwrap_or_default(),
                reference.unwrap_or("its default branch")
            )));
        }
        refuse_links(root, &place)?;
        if folder.is_none() && !place.join("pack.toml").is_file() {
            return Err(no_pack_at_root(url, root));
        }
        let delivery = at_path(&place).map_err(|error| CommandError {
            // Nobody finds the clone again.
            message: error
                .message
                .replace(&root.display().to_string(), url.trim_end_matches('/')),
            ..error
        })?;
        Ok(Delivery {
            revision: checkout.source.commit,
            ..delivery
        })
    }
}

/// Shows how a clone goes on. What is cloned here is not audited, and nothing is said of it.
struct Fetching<'s>(&'s Screen<'s>);

impl Sink for Fetching<'_> {
    fn event(&self, event: Event) {
        match event {
            Event::RepositoryReady { .. } => self.0.cloned(),
            event => self.0.event(event),
        }
    }
}

/// How much of a plugin is waited for.
fn bounds() -> Bounds {
    Bounds::of(MOST_BYTES as u64)
}

fn interrupted() -> CommandError {
    CommandError::interrupted("no plugin was changed")
}

/// The name in the registry may be there already, where the answer alone did not come.
fn unstored() -> CommandError {
    CommandError::interrupted("the registry may or may not have the plugin")
}

/// Whether the user's account goes to a registry: in the clear only on this machine, or where the user says so.
fn may_show_account(reference: &Reference, insecure: bool, said_by: SaidBy) -> bool {
    !insecure || reference.is_loopback() || said_by == SaidBy::User
}

fn artifact_failed(shown: &str, error: ArtifactError, filed: &Filed) -> CommandError {
    let text = format!("{shown} {error}");
    match error {
        ArtifactError::Registry(RegistryError::Stopped) => interrupted(),
        ArtifactError::Registry(RegistryError::Unauthorised { .. }) => {
            filed.explain(CommandError::usage(text))
        }
        ArtifactError::Registry(RegistryError::Clear) => CommandError::failure(text)
            .hint("a registry without TLS is written `oci+http://HOST/NAME`"),
        ArtifactError::Registry(
            RegistryError::Down(_) | RegistryError::Status(_) | RegistryError::Slow { .. },
        ) => CommandError::failure(text),
        _ => CommandError::usage(text),
    }
}

/// The same for what was to be stored.
fn push_failed(shown: &str, error: ArtifactError, filed: &Filed) -> CommandError {
    match error {
        ArtifactError::Registry(RegistryError::Stopped) => unstored(),
        ArtifactError::Registry(RegistryError::Slow { limit, .. }) => CommandError::failure(format!(
            "{shown} was not stored within {} s, the longest that is waited for: the name comes last, and what was stored before it has none",
            limit.as_secs()
        ))
        .hint("try again over a faster connection; files that the registry has by now are not sent twice"),
        error => artifact_failed(shown, error, filed),
    }
}

fn read_name(name: &str) -> Result<Reference, CommandError> {
    Reference::read(name).map_err(|why| CommandError::usage(format!("oci://{name}: {why}")))
}

/// The plugin at a path of this machine: its file, or the folder of its pack.
fn at_path(path: &Path) -> Result<Delivery, CommandError> {
    let shown = path.display();
    let wrong = |why: String| CommandError::usage(format!("{shown}: {why}"));
    if !path.exists() {
        return Err(wrong("there is no such file or directory".to_owned()).hint(
            "what is elsewhere is written `https://...`, `git+https://...#TAG` or `oci://REGISTRY/NAME:TAG`",
        ));
    }
    let file = if path.is_dir() {
        let component = path.join(COMPONENT);
        if !path.join("pack.toml").is_file() {
            return Err(wrong("it has no pack.toml: it is no pack".to_owned())
                .hint("name a plugin's file, or the folder of a pack"));
        }
        if component.is_file() {
            component
        } else if is_compiled(path) {
            return Err(wrong("its component is not built yet".to_owned())
                .hint(format!(
                    "`perfctl plugin build` makes {COMPONENT} in its folder; what is added from git has to be committed there: `git add --force {COMPONENT}`"
                )));
        } else {
            return Ok(Delivery {
                bytes: bundle(path)?.write(),
                signature: None,
                revision: None,
            });
        }
    } else {
        path.to_owned()
    };
    let bytes = read(&file).map_err(wrong)?.to_vec();
    Ok(Delivery {
        bytes,
        signature: signature_of(&file),
        revision: None,
    })
}

/// Which folders of a repository are packs.
fn no_pack_at_root(url: &str, root: &Path) -> CommandError {
    let mut found = Vec::new();
    for below in ["", "plugins", ".perfctl/plugins", "packs"] {
        let entries = std::fs::read_dir(root.join(below)).into_iter().flatten();
        for entry in entries.flatten() {
            let path = entry.path();
            if path.join("pack.toml").is_file() || is_plugin(&path) {
                let inside = path.strip_prefix(root).unwrap_or(&path);
                found.push(inside.display().to_string());
            }
        }
    }
    found.sort();
    let error = CommandError::usage(format!("{url} has no pack.toml at its root"));
    match found.as_slice() {
        [] => error.hint("name the folder of the pack: `URL#TAG:FOLDER`"),
        some => error.hint(format!(
            "name one of its packs as `URL#TAG:FOLDER`: {}",
            some.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_sends_no_account_in_the_clear() {
        for (name, insecure, said_by, may) in [
            ("a.test/b", false, SaidBy::Lock, true),
            ("a.test/b", true, SaidBy::User, true),
            ("a.test/b", true, SaidBy::Lock, false),
            ("127.0.0.1:5000/b", true, SaidBy::Lock, true),
        ] {
            let reference = Reference::read(name).expect(name);
            let is = may_show_account(&reference, insecure, said_by);
            assert_eq!(is, may, "{name} {insecure} {said_by:?}");
        }
    }

    #[test]
    fn what_is_not_stored_in_time_is_not_told_as_a_download() {
        let limit = std::time::Duration::from_secs(900);
        let slow = || ArtifactError::Registry(RegistryError::Slow { limit, had: 7 });
        let pushed = push_failed("oci://a.test/b:1", slow(), &Filed::default());
        assert!(
            pushed
                .message
                .starts_with("oci://a.test/b:1 was not stored within 900 s"),
            "{pushed:?}"
        );
        assert!(!pushed.message.contains("bytes"), "{pushed:?}");
        let pulled = artifact_failed("oci://a.test/b:1", slow(), &Filed::default());
        assert!(
            pulled.message.contains("was not there within 900 s"),
            "{pulled:?}"
        );
    }
}
