//! What the user named: a directory of this machine or a URL, its short name, and the URL without secrets. Strings and
//! paths only; it must not open repositories.

use std::path::{Path, PathBuf};

use super::CheckoutError;

/// Where a repository is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A directory to look at where it is; canonical.
    Directory(PathBuf),
    /// A directory to clone from: `file://`. Canonical.
    Source(PathBuf),
    /// A URL to clone from.
    Remote(Url),
}

/// Schemes that git2 speaks.
const SCHEMES: [&str; 5] = ["http", "https", "ssh", "git", "ssh+git"];

impl Address {
    /// A directory of this machine, looked at where it is.
    pub(super) fn of_path(path: &Path) -> Result<Self, CheckoutError> {
        let real = path.canonicalize().map_err(|_| CheckoutError::NotFound {
            what: path.display().to_string(),
        })?;
        directory(real).map(Address::Directory)
    }

    /// Reads what the user gave. A directory that exists is meant before a URL that looks like it.
    pub(super) fn parse(what: &str) -> Result<Self, CheckoutError> {
        let path = Path::new(if what.is_empty() { "." } else { what });
        if let Ok(real) = path.canonicalize() {
            return directory(real).map(Address::Directory);
        }
        if let Some(path) = path_of_file_url(what) {
            let real = path
                .canonicalize()
                .map_err(|_| CheckoutError::NotFound { what: redact(what) })?;
            return directory(real).map(Address::Source);
        }
        match what.split_once("://") {
            Some((scheme, _)) if SCHEMES.contains(&scheme) => Ok(Address::Remote(Url::new(what))),
            Some((scheme, rest)) if !scheme.contains(['/', '@']) && !rest.is_empty() => {
                Err(CheckoutError::Scheme {
                    scheme: scheme.to_owned(),
                })
            }
            _ if is_scp_like(what) => Ok(Address::Remote(Url::new(what))),
            _ => Err(CheckoutError::NotFound { what: redact(what) }),
        }
    }
}

/// How a repository that was opened as `what` is called ever after: a URL without its secrets, a directory by its path. It may be
/// gone by now.
pub(super) fn called(what: &str) -> String {
    match Address::parse(what) {
        Ok(Address::Remote(url)) => url.shown(),
        Ok(Address::Directory(path) | Address::Source(path)) => path.display().to_string(),
        Err(_) => match path_of_file_url(what) {
            Some(path) => path.display().to_string(),
            None => redact(what),
        },
    }
}

/// The path that a `file://` URL names.
fn path_of_file_url(what: &str) -> Option<PathBuf> {
    let rest = what.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    Some(PathBuf::from(decode(path)))
}

fn directory(path: PathBuf) -> Result<PathBuf, CheckoutError> {
    match path.is_dir() {
        true => Ok(path),
        false => Err(CheckoutError::IsFile { path }),
    }
}

/// `user@host:path`, as git and ssh write it.
fn is_scp_like(what: &str) -> bool {
    what.split_once(':').is_some_and(|(host, path)| {
        !host.is_empty()
            && !host.contains('/')
            && !path.is_empty()
            && !what.contains(char::is_whitespace)
    })
}

/// A URL that may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Url {
    /// With everything, for git alone.
    raw: String,
}

/// Never shows a password.
impl std::fmt::Debug for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl Url {
    pub(super) fn new(raw: &str) -> Self {
        Self {
            raw: raw.to_owned(),
        }
    }

    /// With its secrets: for git alone.
    pub(super) fn secret(&self) -> &str {
        &self.raw
    }

    /// Whether it is spoken over ssh.
    pub(super) fn is_ssh(&self) -> bool {
        self.raw
            .split_once("://")
            .is_none_or(|(scheme, _)| scheme.starts_with("ssh"))
    }

    /// Without user, password, query and fragment, each of which may be a token. The user of an ssh URL is part of the
    /// address and stays.
    pub(super) fn shown(&self) -> String {
        redact(&self.raw)
    }

    /// `message` without this URL's secrets.
    pub(super) fn scrub(&self, message: &str) -> String {
        let mut text = message.replace(&self.raw, &self.shown());
        let Some((user, password)) =
            userinfo(&self.raw).map(|info| info.split_once(':').unwrap_or((info, "")))
        else {
            return text;
        };
        if let Some(info) = userinfo(&self.raw) {
            text = text.replace(&format!("{info}@"), "");
        }
        // A token may stand in the user's place. Short words are names and would blank out half the message.
        let user = if self.is_ssh() { "" } else { user };
        for secret in [
            password.to_owned(),
            decode(password),
            user.to_owned(),
            decode(user),
        ] {
            if secret.len() >= 6 || (secret == password && secret.len() >= 3) {
                text = text.replace(&secret, "[redacted]");
            }
        }
        text
    }
}

/// What stands before the `@` of a URL's host.
fn userinfo(url: &str) -> Option<&str> {
    let (_, rest) = split_scheme(url)?;
    split_userinfo(rest).0
}

/// A URL's scheme with what ends it, and the rest. Also of one that was mistyped, such as `https//host`.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let word = url.find(|c: char| !c.is_ascii_alphanumeric() && c != '+')?;
    let end = url[word..].find(|c| c != ':' && c != '/')? + word;
    let marks = &url[word..end];
    let is_scheme = marks.starts_with("://") || SCHEMES.contains(&&url[..word]);
    (word > 0 && marks.contains('/') && is_scheme).then(|| url.split_at(end))
}

/// User and password at the beginning of `rest`, a URL without its scheme, and what follows their `@`. A password that is
/// not escaped may hold every character that ends one by the book, so where a colon says that there is one, all up to the
/// last `@` is taken for it: a host that is not shown is better than a password that is.
fn split_userinfo(rest: &str) -> (Option<&str>, &str) {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let at = match authority.rsplit_once('@') {
        Some((user, _)) if !user.contains(':') => Some(user.len()),
        None if !may_hold_password(authority) => None,
        _ => rest.rfind('@'),
    };
    match at {
        Some(at) => (Some(&rest[..at]), &rest[at + 1..]),
        None => (None, rest),
    }
}

/// Whether what has no `@` before the first slash may be a user and the beginning of a password, and is no host with a port.
fn may_hold_password(authority: &str) -> bool {
    let Some((name, port)) = authority.split_once(':') else {
        return false;
    };
    let is_port = port.bytes().all(|digit| digit.is_ascii_digit());
    let is_host = name.contains('.') || name == "localhost";
    !(authority.starts_with('[') || (is_port && is_host))
}

/// `url` without what may be a secret in it. Also for URLs that were not given by the user, such as a remote's.
pub(super) fn redact(url: &str) -> String {
    let is_path = url.starts_with(['/', '.', '~']);
    let Some((scheme, rest)) = split_scheme(url).filter(|_| !is_path) else {
        return match split_userinfo(url) {
            // `host:path@version` is an address of ssh.
            (Some(user), rest) if user.contains(':') && rest.contains(['/', ':']) && !is_path => {
                rest.to_owned()
            }
            _ => url.to_owned(),
        };
    };
    let (info, rest) = split_userinfo(rest);
    let user = match info {
        Some(info) if scheme.contains("ssh") => {
            format!("{}@", info.split(':').next().unwrap_or_default())
        }
        _ => String::new(),
    };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let shown = format!("{scheme}{user}{path}");
    // Of an address that holds several, the next may have come to the front.
    match shown == url {
        true => shown,
        false => redact(&shown),
    }
}

/// The short name for reports: the last part without `.git`.
pub(super) fn name(origin: &str) -> String {
    let trimmed = origin.trim_end_matches('/');
    let trimmed = trimmed
        .strip_suffix("/.git")
        .or(trimmed.strip_suffix(".git"))
        .unwrap_or(trimmed);
    let last = trimmed.rsplit(['/', ':']).find(|part| !part.is_empty());
    last.unwrap_or("repository").to_owned()
}

/// Percent escapes decoded; what is no escape stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn urls_are_told_from_paths() {
        let remote =
            |what: &str| Address::parse(what).map(|address| matches!(address, Address::Remote(_)));
        for what in [
            "https://host/x.git",
            "ssh://git@host:22/x",
            "git@host:org/x.git",
            "host:x",
            "git://host/x",
        ] {
            assert!(remote(what).expect(what), "{what}");
        }
        assert!(matches!(
            remote("no/such/directory"),
            Err(CheckoutError::NotFound { .. })
        ));
        assert!(matches!(
            remote("./a:b"),
            Err(CheckoutError::NotFound { .. })
        ));
        assert!(matches!(
            remote("ftp://host/x"),
            Err(CheckoutError::Scheme { .. })
        ));
        assert!(matches!(
            remote("file:///no/such/directory"),
            Err(CheckoutError::NotFound { .. })
        ));
    }

    #[test]
    fn a_directory_is_itself_and_a_file_url_is_cloned_from() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let real = place.path().canonicalize().expect("canonical").join("a b");
        std::fs::create_dir(&real).expect("made");
        let path = real.to_str().expect("UTF-8");
        assert_eq!(
            Address::parse(path).expect("there"),
            Address::Directory(real.clone())
        );
        let url = format!("file://{}", path.replace(' ', "%20"));
        assert_eq!(
            Address::parse(&url).expect("there"),
            Address::Source(real.clone())
        );
        std::fs::write(real.join("file"), "").expect("written");
        let file = real.join("file");
        assert!(matches!(
            Address::parse(file.to_str().expect("UTF-8")),
            Err(CheckoutError::IsFile { .. })
        ));
    }

    #[test]
    fn a_shown_url_has_no_credentials_but_keeps_an_ssh_user() {
        for (url, shown) in [
            (
                "https://user:secret@host/org/x.git",
                "https://host/org/x.git",
            ),
            ("https://token@host:8443/x", "https://host:8443/x"),
            ("https://host/x?private_token=abc#y", "https://host/x"),
            ("https://u:p@ss@host/x", "https://host/x"),
            ("ssh://git:pw@host/x", "ssh://git@host/x"),
            ("git@host:org/x.git", "git@host:org/x.git"),
            ("https://host/a@b", "https://host/a@b"),
            ("https://token@host.example/a@b", "https://host.example/a@b"),
            (
                "https://host.example:8443/a@b",
                "https://host.example:8443/a@b",
            ),
            ("https://[::1]:8443/a@b", "https://[::1]:8443/a@b"),
            ("https://user:ab/cdSECRET@host/x", "https://host/x"),
            ("https://user:12/cdSECRET@host/x", "https://host/x"),
            ("https://user:a@b/cdSECRET@host/x", "https://host/x"),
            ("https://user:ab?cdSECRET@host/x", "https://host/x"),
            ("https://user:ab#cdSECRET@host/x", "https://host/x"),
            ("https://user:a@b?cdSECRET@host/x", "https://host/x"),
            ("https://user:ab/cd?SECRET@host/x", "https://host/x"),
            ("https://user:a@/b?SECRET@host/x", "https://host/x"),
            ("ssh://git:ab/cdSECRET@host/x", "ssh://git@host/x"),
        ] {
            assert_eq!(Url::new(url).shown(), shown);
            assert_eq!(format!("{:?}", Url::new(url)), shown);
        }
    }

    #[test]
    fn what_is_not_found_is_named_without_its_password() {
        for (what, shown) in [
            ("https//user:SECRET@host/x", "https//host/x"),
            ("https:/user:SECRET@host/x", "https:/host/x"),
            ("https:///user:SE/CRET@host/x", "https:///host/x"),
            ("/user:SECRET@host/x", "/user:SECRET@host/x"),
            ("src/shop", "src/shop"),
            ("shop", "shop"),
        ] {
            match Address::parse(what) {
                Err(CheckoutError::NotFound { what }) => assert_eq!(what, shown),
                Ok(Address::Remote(url)) => assert_eq!(url.shown(), shown),
                other => panic!("{what}: {other:?}"),
            }
        }
        assert_eq!(redact("user:SECRET@host:org/x"), "host:org/x");
        assert_eq!(redact("host:org/x@v1"), "host:org/x@v1");
    }

    #[test]
    fn a_repository_is_called_as_it_was_when_it_was_opened() {
        let dir = tempfile::tempdir().expect("works here");
        let real = dir.path().canonicalize().expect("works here");
        let real = real.display().to_string();
        for (what, shown) in [
            (real.as_str(), real.as_str()),
            (&format!("{real}/."), &real),
            (&format!("file://{real}"), &real),
            (&format!("file://localhost{real}/"), &real),
            ("file:///gone%20away/shop", "/gone away/shop"),
            ("/gone/shop", "/gone/shop"),
            ("https://me:SECRET@host/x.git", "https://host/x.git"),
            ("ssh://git:SECRET@host/x", "ssh://git@host/x"),
            ("https//me:SECRET@host/x", "https//host/x"),
        ] {
            assert_eq!(called(what), shown, "{what}");
        }
    }

    #[test]
    fn names_are_the_last_part() {
        for (origin, name_) in [
            ("https://host/org/service.git", "service"),
            ("https://host/org/service/", "service"),
            ("git@host:service.git", "service"),
            ("/srv/repos/service.git/", "service"),
            ("/home/x/service/.git", "service"),
            ("/", "repository"),
        ] {
            assert_eq!(name(origin), name_, "{origin}");
        }
    }

    proptest! {
        #[test]
        fn no_message_shows_a_password(
            user in "[a-z]{1,8}", password in "[A-Z0-9/?#@:]{0,9}[A-Z]{6}[A-Z0-9/?#@:]{0,9}", before in "[a-z :/@]{0,20}", scheme in "https?|ssh|git",
        ) {
            let url = Url::new(&format!("{scheme}://{user}:{password}@host.example/x"));
            let message = format!("{before}{} failed for {user}:{password}@host and {password}", url.secret());
            prop_assert!(!url.scrub(&message).contains(&password));
            prop_assert!(!url.shown().contains(&password));
            let debugged = format!("{url:?}");
            prop_assert!(!debugged.contains(&password));
        }

        #[test]
        fn any_text_is_read_without_panic(what in "\\PC{0,60}") {
            let _ = Address::parse(&what);
            let _ = name(&what);
            let url = Url::new(&what);
            let _ = url.scrub(&what);
            prop_assert_eq!(redact(&url.shown()), url.shown());
        }
    }
}
