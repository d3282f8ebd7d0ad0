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
        // Others are about a rule or a setting.
        if root.join(&problem.subject).exists() {
            problem.subject = from_here(&problem.subject);
        }
    }
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
    up.chain(to[shared..].iter().copied()).collect()
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
        ];
        for (from, to, shown) in cases {
            assert_eq!(way(Path::new(from), Path::new(to)), Path::new(shown));
        }
    }
}
