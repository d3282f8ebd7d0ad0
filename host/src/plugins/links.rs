//! Symbolic links in a stranger's repository: what they lead to is no part of it.

use std::path::Path;

use super::COMPONENT;
use super::shelf::beside;
use crate::assets;
use crate::error::CommandError;

/// Refuses links on the way to something in a stranger's repository: it would be something else, of this machine.
pub(super) fn refuse_links_to(root: &Path, place: &Path) -> Result<(), CommandError> {
    let inside = place.strip_prefix(root).unwrap_or(place);
    let mut way = root.to_owned();
    for part in inside {
        way.push(part);
        if is_link(&way) {
            return Err(link(&way));
        }
    }
    Ok(())
}

/// Refuses links in what a stranger's repository hands over: what they lead to would be taken along. What is not taken may be
/// anything.
pub(super) fn refuse_links(root: &Path, place: &Path) -> Result<(), CommandError> {
    let component = place.join(COMPONENT);
    let taken = if is_link(&component) || component.is_file() {
        vec![place.join("pack.toml"), beside(&component), component]
    } else if place.is_dir() {
        let mut scripts = assets::script_paths(place, false)?;
        scripts.push(place.join("pack.toml"));
        scripts
    } else {
        vec![beside(place)]
    };
    taken
        .iter()
        .try_for_each(|path| refuse_links_to(root, path))
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_symlink())
}

fn link(path: &Path) -> CommandError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    CommandError::usage(format!(
        "`{name}` is a symbolic link: plugins are taken from plain files"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_refused_where_something_is_taken_from_and_nowhere_else() {
        let world = tempfile::tempdir().expect("works here");
        let write = |path: &str| {
            let file = world.path().join(path);
            std::fs::create_dir_all(file.parent().expect("below")).expect("works here");
            std::fs::write(file, "x").expect("works here");
        };
        write("mine/acme/pack.toml");
        let refused = |links: &[(&str, &str)], folder: &str| {
            let root = world.path().join("rules");
            let _ = std::fs::remove_dir_all(&root);
            write("rules/packs/acme/pack.toml");
            write("rules/packs/acme/ACME-001/rule.lua");
            write("rules/docs/a.md");
            for (link, to) in links {
                std::os::unix::fs::symlink(to, root.join(link)).expect("works here");
            }
            let place = root.join(folder);
            refuse_links_to(&root, &place)
                .and_then(|()| refuse_links(&root, &place))
                .is_err()
        };
        assert!(!refused(&[], "packs/acme"));
        for (link, to, folder) in [
            ("other", "../mine", "other/acme"),
            ("packs/other", "../../mine/acme", "packs/other"),
            (
                "packs/acme/facts.toml",
                "../../../mine/acme/pack.toml",
                "packs/acme",
            ),
            ("packs/acme/lib", "../../../mine", "packs/acme"),
            (
                "packs/acme/plugin.wasm",
                "../../../mine/acme/pack.toml",
                "packs/acme",
            ),
        ] {
            assert!(refused(&[(link, to)], folder), "{link}");
        }
        let harmless = [
            ("docs/b", "../../mine"),
            ("packs/acme/cases", "../../../mine"),
            ("packs/acme/README.md", "/dev/zero"),
        ];
        assert!(!refused(&harmless, "packs/acme"));
    }
}
