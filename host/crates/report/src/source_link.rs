//! Links from a place to the line in the forge's web view, where origin and commit allow one. Never asks a network.

use perfctl_core::place::Place;
use perfctl_core::repository::Source;

use crate::escape::uri_path;

/// The web address of the repository, if its origin is a URL of a forge: `https://host/owner/name`.
pub(crate) fn repository_url(source: &Source) -> Option<String> {
    source
        .remote
        .as_deref()
        .and_then(web_address)
        .or_else(|| web_address(&source.origin))
}

/// A path of the audited directory as a path from the repository's root, which is what forges want.
pub(crate) fn repository_path(source: &Source, path: &str) -> String {
    match source
        .subdirectory
        .as_deref()
        .map(|folder| folder.trim_matches('/'))
        .filter(|folder| !folder.is_empty())
    {
        Some(folder) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}

fn web_address(url: &str) -> Option<String> {
    let origin = url.trim_end_matches('/').trim_end_matches(".git");
    let rest = ["https://", "http://", "ssh://", "git+ssh://"]
        .iter()
        .find_map(|scheme| origin.strip_prefix(scheme))
        .map(str::to_owned)
        .or_else(|| scp_form(origin))?;
    let (authority, path) = rest.split_once('/')?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let sane = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~/".contains(c))
    };
    (sane(host) && host.contains('.') && sane(path) && path.contains('/'))
        .then(|| format!("https://{host}/{path}"))
}

/// `git@host:owner/name` as `host/owner/name`.
fn scp_form(origin: &str) -> Option<String> {
    let (host, path) = origin.split_once(':')?;
    (host.contains('@') && !path.starts_with('/')).then(|| format!("{host}/{path}"))
}

/// The web address of a place. `None` for a tree with uncommitted changes, whose lines the forge does not have.
pub(crate) fn place_url(source: &Source, place: &Place) -> Option<String> {
    if source.dirty {
        return None;
    }
    let commit = source
        .commit
        .as_deref()
        .filter(|commit| commit.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let base = repository_url(source)?;
    let path = uri_path(&repository_path(source, &place.path));
    let (first, last) = (place.start.line, place.end.line);
    let host = base.trim_start_matches("https://").split('/').next()?;
    let gitlab = host.split('.').any(|part| part == "gitlab");
    let github = host.split('.').any(|part| part == "github");
    let fragment = match (first == last, gitlab) {
        (true, _) => format!("#L{first}"),
        (false, true) => format!("#L{first}-{last}"),
        (false, false) => format!("#L{first}-L{last}"),
    };
    let view = match (github, gitlab) {
        (true, _) => "blob",
        (_, true) => "-/blob",
        // Gitea and Forgejo; other forges are left without a link rather than with a wrong one.
        _ if host == "codeberg.org"
            || host
                .split('.')
                .any(|part| matches!(part, "gitea" | "forgejo")) =>
        {
            "src/commit"
        }
        _ => return None,
    };
    Some(format!("{base}/{view}/{commit}/{path}{fragment}"))
}

#[cfg(test)]
mod tests {
    use perfctl_core::place::{ByteSpan, LineColumn};

    use super::*;

    fn source(origin: &str) -> Source {
        Source {
            origin: origin.to_owned(),
            commit: Some("a1b2".to_owned()),
            ..Source::default()
        }
    }

    fn place() -> Place {
        Place {
            path: "app/a b.py".into(),
            span: ByteSpan::new(0, 1),
            start: LineColumn { line: 3, column: 1 },
            end: LineColumn { line: 4, column: 2 },
        }
    }

    #[test]
    fn known_forges_get_links_to_the_commit() {
        for origin in [
            "https://github.com/shop/orders.git",
            "git@github.com:shop/orders.git",
        ] {
            assert_eq!(
                place_url(&source(origin), &place()).as_deref(),
                Some("https://github.com/shop/orders/blob/a1b2/app/a%20b.py#L3-L4")
            );
        }
        assert_eq!(
            place_url(&source("ssh://git@gitlab.example.org:22/a/b/c"), &place()).as_deref(),
            Some("https://gitlab.example.org/a/b/c/-/blob/a1b2/app/a%20b.py#L3-4")
        );
    }

    #[test]
    fn a_work_tree_is_linked_through_its_remote_and_from_its_root() {
        let source = Source {
            remote: Some("git@github.com:shop/mono.git".to_owned()),
            subdirectory: Some("services/orders".to_owned()),
            ..source("../orders")
        };
        let url = place_url(&source, &place()).expect("a link");
        assert!(
            url.starts_with("https://github.com/shop/mono/blob/a1b2/services/orders/app/a%20b.py"),
            "{url}"
        );
    }

    #[test]
    fn paths_and_unknown_or_odd_origins_get_none() {
        for origin in [
            "../orders",
            "/srv/orders",
            "https://git.example.org/a/b",
            "https://github.com/\"><x/y",
            "file:///x",
        ] {
            assert_eq!(place_url(&source(origin), &place()), None, "{origin}");
        }
        let dirty = Source {
            dirty: true,
            ..source("https://github.com/shop/orders")
        };
        assert_eq!(place_url(&dirty, &place()), None);
    }
}
