//! Folders of packs, recipes and templates as people keep them, with links in them that may lead anywhere.

use std::collections::BTreeMap;
use std::fs::{read_dir, read_to_string};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::CommandError;

/// The most folders below one that are looked into: links that lead from folder to folder make as many ways as there are orders of them.
const MOST: usize = 10_000;

/// The endings of texts that packs, recipes, checklists and templates consist of.
const TEXTS: [&str; 7] = ["toml", "lua", "py", "hbs", "css", "js", "md"];

/// Whether a folder of this name may hold anything of a pack: below others nobody keeps rules, and everybody much else.
pub(crate) fn is_looked_into(name: &str) -> bool {
    let is_left_out = ["cases", "node_modules", "target", "vendor", "__pycache__"];
    !is_left_out.contains(&name) && !name.starts_with('.')
}

/// A folder that is to be looked into.
struct Folder {
    /// Where it really lies: through a chain of links each look takes longer.
    real: PathBuf,
    /// Where it lies by the names that lead there, which need be no text.
    named: PathBuf,
    /// The same from where the walk began, as text with forward slashes.
    inside: String,
    /// Where those around it really lie: a link to one of these leads around for ever.
    around: Vec<PathBuf>,
}

/// A file that was found.
struct Found<'f> {
    /// Where it really lies.
    real: &'f Path,
    /// Where it lies by the names that lead there.
    named: PathBuf,
    /// Where it lies from where the walk began, as text with forward slashes.
    inside: String,
}

fn unreadable(path: &Path, error: &io::Error) -> CommandError {
    CommandError::usage(format!("cannot read {}: {error}", path.display()))
}

/// Hands every file below `dir` to `found`. Links to folders are followed unless `on_link` takes them; one that leads back to a folder around
/// it is left out.
fn walk(
    dir: &Path,
    mut on_link: impl FnMut(&Path) -> bool,
    mut found: impl FnMut(Found<'_>) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut left = match dir.canonicalize() {
        Ok(real) => vec![Folder {
            real,
            named: dir.to_owned(),
            inside: String::new(),
            around: Vec::new(),
        }],
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(dir, &error)),
    };
    let mut seen = 0;
    while let Some(folder) = left.pop() {
        seen += 1;
        if seen > MOST {
            return Err(CommandError::usage(format!(
                "{} has more than {MOST} folders below it, the last {}",
                dir.display(),
                folder.inside
            ))
            .hint("links between folders may lead around: remove those, or move what is no pack elsewhere"));
        }
        let entries = read_dir(&folder.real).map_err(|error| unreadable(&folder.named, &error))?;
        let around: Vec<PathBuf> = folder.around.iter().cloned().chain([folder.real]).collect();
        for entry in entries.flatten() {
            let (mut real, name) = (entry.path(), entry.file_name());
            let named = folder.named.join(&name);
            let name = name.to_string_lossy();
            let inside = format!("{}{name}", folder.inside);
            if !real.is_dir() {
                found(Found {
                    real: &real,
                    named,
                    inside,
                })?;
                continue;
            }
            if !is_looked_into(&name) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
                if on_link(&named) {
                    continue;
                }
                real = real
                    .canonicalize()
                    .map_err(|error| unreadable(&named, &error))?;
            }
            if around.contains(&real) {
                let (named, to) = (named.display(), real.display());
                tracing::info!("{named} leads back to {to}: it is left out");
                continue;
            }
            left.push(Folder {
                real,
                named,
                inside: format!("{inside}/"),
                around: around.clone(),
            });
        }
    }
    Ok(())
}

/// The files that go along when a folder of scripts becomes one file: heads, scripts and facts, without cases and prose. Links to folders are
/// followed, or stand among the files.
pub(crate) fn script_paths(dir: &Path, follows_links: bool) -> Result<Vec<PathBuf>, CommandError> {
    let (mut found, mut links) = (Vec::new(), Vec::new());
    let on_link = |link: &Path| {
        if !follows_links {
            links.push(link.to_owned());
        }
        !follows_links
    };
    walk(dir, on_link, |file| {
        if file.inside.ends_with(".toml") || file.inside.ends_with(".lua") {
            found.push(file.named);
        }
        Ok(())
    })?;
    found.append(&mut links);
    found.sort();
    Ok(found)
}

/// Text files below `dir`, by path with forward slashes; folders called `cases` are left out.
pub(super) fn texts(dir: &Path, into: &mut BTreeMap<String, String>) -> Result<(), CommandError> {
    let never = |_: &Path| false;
    walk(dir, never, |file| {
        let ending = file.inside.rsplit_once('.').map_or("", |(_, end)| end);
        if TEXTS.contains(&ending) {
            let text =
                read_to_string(file.real).map_err(|error| unreadable(&file.named, &error))?;
            into.insert(file.inside, text);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn read(dir: &Path) -> Result<Vec<String>, CommandError> {
        let mut files = BTreeMap::new();
        texts(dir, &mut files)?;
        Ok(files.into_keys().collect())
    }

    fn dir() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a directory");
        for folder in ["acme/A-001/cases", "other"] {
            std::fs::create_dir_all(dir.path().join(folder)).expect("made");
        }
        for file in [
            "acme/pack.toml",
            "acme/A-001/rule.lua",
            "acme/A-001/cases/x.py",
            "other/x.toml",
        ] {
            std::fs::write(dir.path().join(file), "").expect("written");
        }
        dir
    }

    #[test]
    fn a_link_to_a_folder_around_it_ends_there_and_another_is_followed() {
        let dir = dir();
        let (root, acme) = (dir.path(), dir.path().join("acme"));
        symlink("..", acme.join("up")).expect("linked");
        symlink(".", acme.join("A-001/here")).expect("linked");
        symlink(root.join("other"), acme.join("more")).expect("linked");
        symlink(root.join("nowhere"), acme.join("lost.toml.d")).expect("linked");
        let own = ["A-001/rule.lua", "more/x.toml", "pack.toml"];
        // Above the pack lies what it was begun from, once.
        let above = ["up/other/x.toml"];
        assert_eq!(read(&acme).expect("readable"), [&own[..], &above].concat());
        let paths = script_paths(&acme, true).expect("readable");
        assert_eq!(paths.len(), 4, "{paths:?}");
        let paths = script_paths(&acme, false).expect("readable");
        let names = paths.iter().filter_map(|path| path.file_name()?.to_str());
        let names: Vec<&str> = names.collect();
        assert_eq!(names, ["here", "rule.lua", "more", "pack.toml", "up"]);
    }

    #[test]
    fn links_from_each_folder_to_each_come_to_an_end() {
        let dir = tempfile::tempdir().expect("a directory");
        let names: Vec<String> = (0..12).map(|at| format!("f{at}")).collect();
        for name in &names {
            std::fs::create_dir(dir.path().join(name)).expect("made");
            for other in &names {
                let to = dir.path().join(other);
                symlink(to, dir.path().join(name).join(other)).expect("linked");
            }
        }
        let begun = std::time::Instant::now();
        let refused = read(dir.path()).expect_err("too many");
        assert!(
            refused.message.contains("more than 10000 folders"),
            "{refused:?}"
        );
        assert!(refused.message.contains(&dir.path().display().to_string()));
        assert!(begun.elapsed() < std::time::Duration::from_secs(60));
    }
}
