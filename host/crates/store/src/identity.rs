//! What makes two runs runs of the same repository: where it is at home, not where it lies on this machine.

use perfctl_core::repository::Source;
use sha2::{Digest as _, Sha256};

/// The name of a repository in the history: the host, a port that is not the usual one, and the path of its origin, however it was reached and without credentials; of one
/// that has none the hash of its path. Of a directory that was audited by itself it is another one.
pub fn identity(source: &Source) -> String {
    let url = source.remote.as_deref();
    let url = url.or_else(|| Some(source.origin.as_str()).filter(|origin| origin.contains("://")));
    let home = url.and_then(at_home).unwrap_or_else(|| {
        let digest = Sha256::digest(source.origin.as_bytes());
        let digits: String = digest[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("path:{digits}")
    });
    match &source.subdirectory {
        Some(inner) => format!("{home}#{inner}"),
        None => home,
    }
}

/// `host/path` of a URL, or of git's short form `user@host:path`; `None` for what is on this machine alone.
///
/// A port is part of the host where it is not the usual one of its scheme: other ports are other servers, and which of them serve the
/// same repositories nobody can tell from their numbers.
fn at_home(url: &str) -> Option<String> {
    let (host, path) = match url.split_once("://") {
        Some((scheme, rest)) => {
            let scheme = scheme.to_ascii_lowercase();
            if scheme == "file" {
                return None;
            }
            let (host, path) = rest.split_once('/')?;
            (without_usual_port(&scheme, host), path)
        }
        None => url
            .split_once(':')
            .filter(|(host, _)| !host.contains('/'))?,
    };
    let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (!host.is_empty() && !path.is_empty()).then(|| format!("{host}/{path}"))
}

/// `host` without the port that a URL of `scheme` means where it names none.
fn without_usual_port<'h>(scheme: &str, host: &'h str) -> &'h str {
    let usual = match scheme {
        "ssh" | "git+ssh" | "ssh+git" => ":22",
        "https" => ":443",
        "http" => ":80",
        "git" => ":9418",
        _ => ":",
    };
    // A colon may end a host, with no port behind it.
    let bare = host.strip_suffix(usual).or_else(|| host.strip_suffix(':'));
    bare.unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(origin: &str, remote: Option<&str>, inner: Option<&str>) -> String {
        identity(&Source {
            origin: origin.to_owned(),
            remote: remote.map(str::to_owned),
            subdirectory: inner.map(str::to_owned),
            ..Source::default()
        })
    }

    #[test]
    fn a_repository_is_the_same_wherever_it_lies_and_however_it_is_reached() {
        let home = "git.example.com/shop/api";
        for (origin, remote) in [
            ("https://git.example.com/shop/api", None),
            ("https://Git.example.com/shop/api.git/", None),
            ("/srv/api", Some("git@git.example.com:shop/api.git")),
            ("/tmp/api", Some("ssh://git@git.example.com/shop/api")),
        ] {
            assert_eq!(named(origin, remote, None), home, "{origin} {remote:?}");
        }
        assert_eq!(
            named(
                "/srv/api",
                Some("https://u:pw@git.example.com/shop/api"),
                Some("web")
            ),
            format!("{home}#web")
        );
    }

    #[test]
    fn another_port_is_another_server_and_the_usual_one_is_none() {
        for (url, home) in [
            (
                "ssh://git@git.example.com:22/shop/api",
                "git.example.com/shop/api",
            ),
            (
                "https://git.example.com:443/shop/api.git",
                "git.example.com/shop/api",
            ),
            (
                "HTTP://git.example.com:80/shop/api",
                "git.example.com/shop/api",
            ),
            (
                "git://git.example.com:9418/shop/api",
                "git.example.com/shop/api",
            ),
            (
                "https://git.example.com:/shop/api",
                "git.example.com/shop/api",
            ),
            ("https://[::1]/shop/api", "[::1]/shop/api"),
            ("https://[::1]:443/shop/api", "[::1]/shop/api"),
            (
                "ssh://git@git.example.com:2222/shop/api",
                "git.example.com:2222/shop/api",
            ),
            (
                "https://git.example.com:8443/shop/api",
                "git.example.com:8443/shop/api",
            ),
            (
                "https://u:pw@git.example.com:8443/shop/api",
                "git.example.com:8443/shop/api",
            ),
            // The usual port of another scheme is none of this one.
            (
                "https://git.example.com:22/shop/api",
                "git.example.com:22/shop/api",
            ),
            // The short form of ssh has no port: this is a directory.
            (
                "git@git.example.com:2222/shop/api",
                "git.example.com/2222/shop/api",
            ),
        ] {
            assert_eq!(named("/srv/api", Some(url), None), home, "{url}");
        }
    }

    #[test]
    fn one_without_a_home_goes_by_its_path_which_is_not_written_down() {
        let one = named("/home/ada/secret-project", None, None);
        assert!(one.starts_with("path:") && !one.contains("secret"), "{one}");
        assert_eq!(
            one,
            named("/home/ada/secret-project", Some("../elsewhere"), None)
        );
        assert_ne!(one, named("/home/ada/other", None, None));
        assert!(named("file:///srv/x.git", None, None).starts_with("path:"));
    }
}
