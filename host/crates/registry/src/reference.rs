//! Names of what a registry holds: `host:port/path:tag@digest`, and what is meant when a part is left out.

use crate::digest::is_digest;

/// Docker's own registry, which a name without a host means, and the host that answers for it.
const DEFAULT_HOST: &str = "docker.io";
const DEFAULT_API: &str = "registry-1.docker.io";

/// Something in a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Host and port of the API.
    pub host: String,
    /// Path of the repository.
    pub repository: String,
    /// Tag or digest.
    pub version: String,
}

impl Reference {
    /// Reads a name as the engines do. Characters that a name cannot have are refused, so that what is put into an
    /// address needs no escaping.
    ///
    /// # Errors
    /// What is wrong, as a fragment of a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) if is_digest(digest) => (rest, Some(digest)),
            Some((_, digest)) => {
                return Err(format!(
                    "`{digest}` is no digest of SHA-256 or SHA-512, which are what can be checked"
                ));
            }
            None => (text, None),
        };
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) if host == "localhost" || host.contains(['.', ':']) => (host, path),
            _ => (DEFAULT_HOST, rest),
        };
        let (path, tag) = match path.rsplit_once(':') {
            Some((path, tag)) => (path, Some(tag)),
            None => (path, None),
        };
        if !is_host(host) {
            return Err(format!("`{host}` is no host"));
        }
        if !is_path(path) {
            return Err(format!(
                "`{path}` is no name of a repository: it has lower case letters, digits and `._-/`"
            ));
        }
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return Err(format!("`{tag}` is no tag"));
        }
        let (host, repository) = match host {
            DEFAULT_HOST if path.contains('/') => (DEFAULT_API, path.to_owned()),
            DEFAULT_HOST => (DEFAULT_API, format!("library/{path}")),
            host => (host, path.to_owned()),
        };
        Ok(Self {
            host: host.to_owned(),
            repository,
            version: digest.or(tag).unwrap_or("latest").to_owned(),
        })
    }

    /// The same name in the state that a digest stands for.
    ///
    /// # Errors
    /// When it is no digest, as a fragment of a sentence.
    pub fn at(self, digest: &str) -> Result<Self, String> {
        match is_digest(digest) {
            true => Ok(Self {
                version: digest.to_owned(),
                ..self
            }),
            false => Err(format!("`{digest}` is no digest")),
        }
    }

    /// The host for which accounts of the registry are filed.
    pub fn account_host(&self) -> &str {
        match self.host.as_str() {
            DEFAULT_API => DEFAULT_HOST,
            host => host,
        }
    }

    /// Whether the registry is this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(bare(&self.host))
    }
}

/// A host without its port, an address of IP version 6 in its brackets.
fn bare(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    }
}

/// Whether that host is this machine, where nobody listens in.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost"
        || bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Domains below which everybody gets a name of his own from whoever runs the registry.
const SHARED: [&str; 4] = ["amazonaws.com", "azurecr.io", "jfrog.io", "run.app"];

/// Whether two hosts belong to one owner, as far as names tell: the same host, or two of one domain
/// (`auth.docker.io` and `registry-1.docker.io`) unless strangers get names in it (`a.azurecr.io`, `b.co.uk`). Ports do not count.
pub(crate) fn is_same_site(one: &str, other: &str) -> bool {
    let (one, other) = (
        bare(one).to_ascii_lowercase(),
        bare(other).to_ascii_lowercase(),
    );
    one == other || domain(&one).is_some_and(|own| domain(&other) == Some(own))
}

/// The domain that somebody owns, of a host's name: its last two labels, or three where the last two are everybody's.
fn domain(host: &str) -> Option<&str> {
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last()?;
    // Addresses have no owner's name: 10.0.0.1 and 10.9.0.1 are strangers.
    if labels.contains(&"") || !last.chars().all(char::is_alphabetic) {
        return None;
    }
    let end = |count: usize| {
        let from = labels.len().checked_sub(count)?;
        let before: usize = labels[..from].iter().map(|label| label.len() + 1).sum();
        Some(&host[before..])
    };
    let two = end(2)?;
    // `co.uk`, `com.au`, `ne.jp`: a country with kinds of owners below it.
    let second = labels[labels.len() - 2];
    let is_country = last.len() == 2 && second.len() <= 3;
    match is_country || SHARED.contains(&two) {
        true => end(3),
        false => Some(two),
    }
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let v6 = name.starts_with('[')
        && name.ends_with(']')
        && name
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "[]:.".contains(c));
    !name.is_empty() && (plain || v6) && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn is_path(path: &str) -> bool {
    path.len() <= 255
        && path.split('/').all(|part| {
            part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c))
        })
}

fn is_tag(tag: &str) -> bool {
    tag.len() <= 128
        && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && tag
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (String, String, String) {
        let found = Reference::read(text).expect(text);
        (found.host, found.repository, found.version)
    }

    fn parts(host: &str, repository: &str, version: &str) -> (String, String, String) {
        (host.to_owned(), repository.to_owned(), version.to_owned())
    }

    #[test]
    fn what_is_left_out_is_filled_in() {
        assert_eq!(
            read("python"),
            parts(DEFAULT_API, "library/python", "latest")
        );
        assert_eq!(
            read("python:3.12-slim"),
            parts(DEFAULT_API, "library/python", "3.12-slim")
        );
        assert_eq!(
            read("grafana/k6:1.4.0"),
            parts(DEFAULT_API, "grafana/k6", "1.4.0")
        );
        assert_eq!(read("localhost/shop"), parts("localhost", "shop", "latest"));
        assert_eq!(
            read("127.0.0.1:5000/shop/api:1"),
            parts("127.0.0.1:5000", "shop/api", "1")
        );
        assert_eq!(read("[::1]:5000/shop:1"), parts("[::1]:5000", "shop", "1"));
        let digest = format!("sha256:{}", "ab".repeat(32));
        assert_eq!(
            read(&format!("example.test/shop:1@{digest}")),
            parts("example.test", "shop", &digest)
        );
    }

    #[test]
    fn this_machine_is_recognised() {
        for here in [
            "localhost:5000/a",
            "127.0.0.1:5000/a",
            "127.9.9.9/a",
            "[::1]:5000/a",
            "[::1]/a",
        ] {
            assert!(Reference::read(here).expect(here).is_loopback(), "{here}");
        }
        for there in [
            "example.test/a",
            "10.0.0.1/a",
            "localhost.example.test/a",
            "a",
        ] {
            assert!(
                !Reference::read(there).expect(there).is_loopback(),
                "{there}"
            );
        }
    }

    #[test]
    fn accounts_are_filed_for_the_host_that_people_write() {
        for (name, host) in [("python", "docker.io"), ("ghcr.io/a", "ghcr.io")] {
            assert_eq!(Reference::read(name).expect(name).account_host(), host);
        }
    }

    #[test]
    fn a_state_of_a_name_is_a_digest_and_nothing_else() {
        let acme = || Reference::read("ghcr.io/rules/acme:1").expect("a name");
        let digest = format!("sha256:{}", "ab".repeat(32));
        assert_eq!(acme().at(&digest).expect("a digest").version, digest);
        for wrong in ["1", "latest", "../../other/blobs/x?y=1", "sha256:ab"] {
            assert!(acme().at(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_account_belongs_to_a_site() {
        let same = [
            ("auth.docker.io", "registry-1.docker.io"),
            ("ghcr.io", "GHCR.io:443"),
            ("localhost", "localhost:5000"),
            ("10.0.0.1", "10.0.0.1:5000"),
            ("[2001:db8::1]", "[2001:db8::1]:5000"),
            ("gitlab.example.com", "registry.example.com:5050"),
            ("gitlab.shop.co.uk", "registry.shop.co.uk"),
            ("acme.azurecr.io", "acme.azurecr.io:443"),
        ];
        let other = [
            ("evil.example", "ghcr.io"),
            ("docker.io.evil.example", "docker.io"),
            ("10.9.0.1", "10.0.0.1"),
            ("localhost", "registry.local"),
            ("[2001:db8::1]", "[2001:db8::2]"),
            ("a.azurecr.io", "b.azurecr.io"),
            ("shop.co.uk", "evil.co.uk"),
            ("shop.example", "example"),
        ];
        for (one, two) in same {
            assert!(is_same_site(one, two), "{one} {two}");
        }
        for (one, two) in other {
            assert!(!is_same_site(one, two), "{one} {two}");
        }
    }

    #[test]
    fn names_that_would_need_escaping_are_refused() {
        for wrong in [
            "",
            "/a",
            "a//b",
            "a/",
            "A",
            "a b",
            "a?x=1",
            "a#b",
            "a/../b",
            "a:",
            "a:t/g",
            "a@sha256:xyz",
            "a@md5:d41d8cd98f00b204e9800998ecf8427e",
            "a@sha256:e3b0c44298fc1c149afbf4c8996fb924",
            "u:p@host/a",
            "host:99999/a",
            "ho%st.x/a",
            ":5000/a",
            "-a",
        ] {
            assert!(Reference::read(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            if let Ok(found) = Reference::read(&text) {
                let whole = format!("{}{}{}", found.host, found.repository, found.version);
                prop_assert!(!whole.contains(['%', '?', '#', ' ', '\\']) && !whole.contains(".."), "{whole}");
            }
        }
    }
}
