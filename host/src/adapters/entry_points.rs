//! Entry points of the settings, as the scan of what is audited names them. Of a repository of which one directory is audited the
//! settings name them from its root.

use perfctl_scan::lower::Language;

/// What an entry point of the repository's root comes to in a directory of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It lies in the directory, and is called this there.
    Within(String),
    /// It lies in the directory, if anything there is called one of these; else nobody knows where it lies.
    Perhaps(Vec<String>),
    /// It lies in another directory.
    Elsewhere,
}

/// What `written`, a path or a module, is in the directory `below`; both from the repository's root.
pub(super) fn seen_from(below: &str, written: &str) -> Seen {
    let below = below.trim_matches('/');
    let named = written.trim().trim_start_matches("./").trim_matches('/');
    if named.contains('/') || Language::from_path(named).is_some() {
        let inside = named
            .strip_prefix(below)
            .and_then(|rest| rest.strip_prefix('/'));
        return inside.map_or(Seen::Elsewhere, |path| Seen::Within(path.to_owned()));
    }
    let way: Vec<&str> = below.split('/').collect();
    let without = |way: &[&str]| {
        let rest = named.strip_prefix(&way.join("."))?.strip_prefix('.')?;
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    if let Some(module) = without(&way) {
        return Seen::Within(module);
    }
    // Imported from a directory on the way: whose name begins there, or deeper than all of it.
    let mut ways = (1..way.len()).filter_map(|from| without(&way[from..]));
    let shorter = ways.next();
    Seen::Perhaps(std::iter::once(named.to_owned()).chain(shorter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_point_of_the_root_is_named_from_the_directory_that_is_audited() {
        let seen = |written| seen_from("services/shop", written);
        for (written, inside) in [
            ("services/shop/main.py", "main.py"),
            ("./services/shop/api/main.py", "api/main.py"),
            ("services.shop.main", "main"),
            ("services.shop.main:app", "main:app"),
        ] {
            assert_eq!(seen(written), Seen::Within(inside.to_owned()), "{written}");
        }
        for written in [
            "services/mail/main.py",
            "services/shopping/main.py",
            "services/shop",
            "main.py",
        ] {
            assert_eq!(seen(written), Seen::Elsewhere, "{written}");
        }
        for (written, names) in [
            ("shop.main:app", &["shop.main:app", "main:app"][..]),
            ("services.mail.main", &["services.mail.main"]),
            ("services.shop", &["services.shop"]),
            ("main:app", &["main:app"]),
        ] {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(seen(written), Seen::Perhaps(names), "{written}");
        }
    }
}
