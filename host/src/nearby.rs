//! A record as somebody at a terminal reads it: paths lead from where they stand, so that a click or a paste opens the file.
//! What is written to files, and what machines read, starts at the repository's root.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use perfctl_core::run::RunRecord;

/// Rewrites the paths of a record of the repository at `root`, which is audited where it lies, to lead from `here`. Both are
/// absolute, without links.
pub(crate) fn seen_from(here: &Path, root: &Path, record: &mut RunRecord) {
    if here == root {
        return;
    }
    let from_here = |path: &str| way(here, &root.join(path)).to_string_lossy().into_owned();
    let lead = |path: &mut Arc<str>| *path = from_here(path).into();
    for finding in &mut record.findings {
        lead(&mut finding.place.path);
        for related in &mut finding.related {
            lead(&mut related.place.path);
        }
        for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            lead(&mut edit.path);
        }
    }
    for problem in &mut record.problems {
        if let Some(subject) = subject_from(here, root, &problem.subject) {
            problem.subject = subject;
        }
    }
}

/// What a problem is about, if that is a path of the repository or several with commas; others are about a rule or a setting.
fn subject_from(here: &Path, root: &Path, subject: &str) -> Option<String> {
    let from_here = |path: &str| {
        let path = root.join(path);
        let shown = || way(here, &path).to_string_lossy().into_owned();
        path.exists().then(shown)
    };
    from_here(subject).or_else(|| {
        let paths: Option<Vec<String>> = subject.split(", ").map(from_here).collect();
        Some(paths?.join(", "))
    })
}

/// The way from a directory to a file.
fn way(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // Through the root of the machine nobody reads it: the whole path is shorter.
    if shared <= 1 {
        return to.iter().collect();
    }
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to[shared..].iter().copied()).collect();
    match way.as_os_str().is_empty() {
        // The directory itself.
        true => PathBuf::from("."),
        false => way,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_from_where_one_stands() {
        let cases = [
            ("/srv/shop", "/srv/shop/app/x.py", "app/x.py"),
            ("/srv/shop/app", "/srv/shop/app/x.py", "x.py"),
            ("/srv/shop/app/deep", "/srv/shop/x.py", "../../x.py"),
            ("/srv", "/srv/shop/x.py", "shop/x.py"),
            ("/srv/other", "/srv/shop/x.py", "../shop/x.py"),
            ("/home/me", "/srv/shop/x.py", "/srv/shop/x.py"),
            ("/srv/shop/docs", "/srv/shop/docs", "."),
        ];
        for (from, to, shown) in cases {
            assert_eq!(way(Path::new(from), Path::new(to)), Path::new(shown));
        }
    }

    #[test]
    fn what_a_problem_is_about_is_named_from_where_one_stands() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path();
        for name in ["docs", "web"] {
            std::fs::create_dir(root.join(name)).expect("works here");
        }
        let here = root.join("docs");
        for (subject, shown) in [
            ("docs", Some(".")),
            ("web", Some("../web")),
            ("docs, web", Some("., ../web")),
            ("NET-PERF-004", None),
            ("docs, NET-PERF-004", None),
        ] {
            let seen = subject_from(&here, root, subject);
            assert_eq!(seen.as_deref(), shown, "{subject}");
        }
    }
}
