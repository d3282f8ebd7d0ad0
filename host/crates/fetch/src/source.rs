//! Where a plugin comes from, as a user writes it: a path, the URL of a file, a git repository, a name in an OCI registry.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use perfctl_registry::Reference;

/// Where a plugin comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file or the folder of a pack on this machine.
    Path(PathBuf),
    /// A file on a web server.
    Url(String),
    /// A pack in a git repository.
    Git {
        /// The repository, without `git+`.
        url: String,
        /// Tag, branch or commit; the default branch unless given.
        reference: Option<String>,
        /// The pack's folder or file from the repository's root.
        folder: Option<String>,
    },
    /// Something in an OCI registry.
    Registry {
        /// Its name, as in `registry.example/acme:1.2`.
        name: String,
        /// Whether the registry is asked in the clear.
        insecure: bool,
    },
}

/// Why a text names no source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It has a password in it, which would be kept in the lock.
    #[error(
        "leave the password out of the address, which is kept in perfctl.lock: set it as `tokens.\"HOST\"` in your settings"
    )]
    Password,
    /// Its query has a token or a signature in it, which would be kept in the lock.
    #[error(
        "leave `{0}=` out of the address, which is kept in perfctl.lock and shown: set a token as `tokens.\"HOST\"` in your settings, or download the file and add it by its path"
    )]
    SecretQuery(String),
    /// It would be read in the clear.
    #[error("plain HTTP is for this machine only: use https://")]
    Clear,
    /// Nothing is fetched this way.
    #[error(
        "`{0}://` is not known: use a path, https://, a git repository (`git+https://...#TAG`) or oci://"
    )]
    Scheme(String),
    /// It is no name of something in a registry.
    #[error("it is no name in a registry: {0}")]
    Name(String),
    /// It is nothing.
    #[error("it is empty")]
    Empty,
    /// The folder leads out of its repository.
    #[error("`{0}` leads out of the repository")]
    Outside(String),
}

/// Where `#` and what follows are cut off.
fn fragment(text: &str) -> (&str, Option<&str>) {
    match text.split_once('#') {
        Some((before, after)) => (before, Some(after).filter(|after| !after.is_empty())),
        None => (text, None),
    }
}

/// The part of an address between scheme and path.
pub(crate) fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host of an address, without user and port.
pub(crate) fn host(url: &str) -> &str {
    let authority = authority(url);
    let host = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
    match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    }
}

fn refuse_password(url: &str) -> Result<(), SourceError> {
    let user = authority(url).rsplit_once('@').map(|(user, _)| user);
    match user {
        // A user's name alone is how ssh knows whom it speaks to; over HTTP it is a token.
        Some(user) if user.contains(':') || url.starts_with("http") => Err(SourceError::Password),
        _ => Ok(()),
    }
}

/// Names of what opens an address to whoever has it.
const SECRETS: [&str; 11] = [
    "access_token",
    "api_key",
    "apikey",
    "password",
    "private_token",
    "sig",
    "signature",
    "token",
    "x-amz-security-token",
    "x-amz-signature",
    "x-goog-signature",
];

fn refuse_secret_query(url: &str) -> Result<(), SourceError> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let mut keys = query
        .split('&')
        .filter_map(|pair| Some(pair.split_once('=')?.0));
    match keys.find(|key| SECRETS.contains(&key.to_ascii_lowercase().as_str())) {
        Some(key) => Err(SourceError::SecretQuery(key.to_owned())),
        None => Ok(()),
    }
}

/// `user@host:path`, as git and ssh write it.
fn is_scp_like(text: &str) -> bool {
    let Some((host, path)) = text.split_once(':') else {
        return false;
    };
    host.contains('@') && !host.contains('/') && !path.starts_with("//") && !path.is_empty()
}

fn git(text: &str) -> Result<Source, SourceError> {
    let (url, after) = fragment(text);
    refuse_password(url)?;
    let is_clear = url.starts_with("http://") || url.starts_with("git://");
    if is_clear && !perfctl_registry::is_loopback(host(url)) {
        return Err(SourceError::Clear);
    }
    let (reference, folder) = match after.map(|after| after.split_once(':').unwrap_or((after, "")))
    {
        Some((reference, folder)) => (Some(reference), Some(folder)),
        None => (None, None),
    };
    let folder = folder.map(|folder| folder.trim_matches('/'));
    if let Some(folder) = folder
        && folder.split('/').any(|part| part == "..")
    {
        return Err(SourceError::Outside(folder.to_owned()));
    }
    let filled = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(Source::Git {
        url: url.to_owned(),
        reference: filled(reference),
        folder: filled(folder),
    })
}

impl FromStr for Source {
    type Err = SourceError;

    /// Reads what the user wrote. `https://` is a file, unless it ends in `.git`, has a `#` or is written `git+https://`.
    fn from_str(text: &str) -> Result<Self, SourceError> {
        if text.is_empty() {
            return Err(SourceError::Empty);
        }
        if let Some(rest) = text.strip_prefix("git+") {
            return git(rest);
        }
        if is_scp_like(text) {
            return git(text);
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Ok(Self::Path(text.into()));
        };
        match scheme {
            "oci" | "oci+http" => {
                Reference::read(rest).map_err(SourceError::Name)?;
                Ok(Self::Registry {
                    name: rest.to_owned(),
                    insecure: scheme == "oci+http",
                })
            }
            "ssh" | "git" | "ssh+git" => git(text),
            "https" | "http" | "file"
                if text.contains('#') || text.trim_end_matches('/').ends_with(".git") =>
            {
                git(text)
            }
            "file" => Ok(Self::Path(rest.into())),
            "https" | "http" => {
                refuse_password(text)?;
                refuse_secret_query(text)?;
                if scheme == "http" && !perfctl_registry::is_loopback(host(text)) {
                    return Err(SourceError::Clear);
                }
                Ok(Self::Url(text.to_owned()))
            }
            _ => Err(SourceError::Scheme(scheme.to_owned())),
        }
    }
}

impl fmt::Display for Source {
    /// As it can be read again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Url(url) => f.write_str(url),
            Self::Git {
                url,
                reference,
                folder,
            } => {
                let is_plain = is_scp_like(url)
                    || ["ssh://", "git://", "ssh+git://"]
                        .iter()
                        .any(|scheme| url.starts_with(scheme));
                let prefix = if is_plain { "" } else { "git+" };
                write!(f, "{prefix}{url}")?;
                match (reference, folder) {
                    (None, None) => Ok(()),
                    (reference, None) => write!(f, "#{}", reference.as_deref().unwrap_or("")),
                    (reference, Some(folder)) => {
                        write!(f, "#{}:{folder}", reference.as_deref().unwrap_or(""))
                    }
                }
            }
            Self::Registry { name, insecure } => {
                let scheme = if *insecure { "oci+http" } else { "oci" };
                write!(f, "{scheme}://{name}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn git(url: &str, reference: Option<&str>, folder: Option<&str>) -> Source {
        Source::Git {
            url: url.to_owned(),
            reference: reference.map(str::to_owned),
            folder: folder.map(str::to_owned),
        }
    }

    #[test]
    fn each_form_is_known() {
        let registry = |name: &str, insecure| Source::Registry {
            name: name.to_owned(),
            insecure,
        };
        for (text, source) in [
            ("./acme.wasm", Source::Path("./acme.wasm".into())),
            ("acme", Source::Path("acme".into())),
            (
                "https://example.test/acme.wasm",
                Source::Url("https://example.test/acme.wasm".to_owned()),
            ),
            (
                "https://example.test/acme.git",
                git("https://example.test/acme.git", None, None),
            ),
            (
                "https://example.test/acme#v1.2",
                git("https://example.test/acme", Some("v1.2"), None),
            ),
            (
                "git+https://example.test/acme#main:plugins/acme",
                git(
                    "https://example.test/acme",
                    Some("main"),
                    Some("plugins/acme"),
                ),
            ),
            (
                "git@example.test:rules/acme#v1",
                git("git@example.test:rules/acme", Some("v1"), None),
            ),
            (
                "ssh://git@example.test/acme#:packs/acme",
                git("ssh://git@example.test/acme", None, Some("packs/acme")),
            ),
            (
                "oci://registry.example.test/acme:1.2",
                registry("registry.example.test/acme:1.2", false),
            ),
            (
                "oci+http://registry.example.test/acme",
                registry("registry.example.test/acme", true),
            ),
            (
                "http://127.0.0.1:8000/acme.wasm",
                Source::Url("http://127.0.0.1:8000/acme.wasm".to_owned()),
            ),
        ] {
            assert_eq!(text.parse(), Ok(source), "{text}");
        }
    }

    #[test]
    fn what_is_written_back_is_read_as_the_same() {
        for text in [
            "acme.wasm",
            "https://example.test/acme.wasm",
            "git+https://example.test/acme.git",
            "git+https://example.test/acme#v1",
            "git@example.test:rules/acme#v1:a/b",
            "ssh://git@example.test/acme",
            "oci://registry.example.test/acme:1.2",
            "oci+http://registry.example.test/acme@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        ] {
            let source: Source = text.parse().expect(text);
            assert_eq!(source.to_string(), text);
        }
    }

    #[test]
    fn what_is_dangerous_or_unknown_is_refused() {
        for (text, why) in [
            ("", "empty"),
            ("https://user:secret@example.test/a.wasm", "tokens."),
            ("https://token@example.test/a.git#v1", "tokens."),
            ("ssh://user:secret@example.test/a", "tokens."),
            (
                "https://example.test/a.wasm?v=1&X-Amz-Signature=secret",
                "leave `X-Amz-Signature=` out",
            ),
            ("https://example.test/a.wasm?token=secret", "leave `token=`"),
            ("http://example.test/a.wasm", "https://"),
            ("git+http://example.test/a", "https://"),
            ("http://127.0.0.1.example.test/a.wasm", "https://"),
            ("ftp://example.test/a.wasm", "`ftp://` is not known"),
            ("oci://", "no name in a registry"),
            ("oci://example.test/A B", "no name in a registry"),
            ("git+https://example.test/a#v1:../../etc", "leads out"),
        ] {
            let refused = text.parse::<Source>().expect_err(text).to_string();
            assert!(refused.contains(why), "{text}: {refused}");
            assert!(!refused.contains("secret"), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_read_again(text in "(git\\+|oci://|https://|ssh://|)[a-z@:/#.~-]{0,24}") {
            if let Ok(source) = text.parse::<Source>() {
                let written = source.to_string();
                prop_assert_eq!(written.parse::<Source>(), Ok(source), "{}", written);
            }
        }
    }
}
