//! Folders of packs, recipes and templates as people keep them, with links in them that may lead anywhere.

use std::collections::BTreeMap;
use std::fs::{read_dir, read_to_string};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::CommandError;
use crate::own;

/// The most folders below one that are looked into: links that lead from folder to folder make as many ways as there are orders of them.
const MOST: usize = 10_000;

/// The largest text of a pack, in bytes: a thousand times what a long one has, and less than a machine notices.
const LARGEST: u64 = 16 << 20;

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
    let repository = repository_around(dir);
    walk(dir, never, |file| {
        let ending = file.inside.rsplit_once('.').map_or("", |(_, end)| end);
        if !TEXTS.contains(&ending) {
            return Ok(());
        }
        let named = &file.named;
        if repository.is_some_and(|root| own::leads_out(root, named)) {
            let shown = named.display();
            return Err(CommandError::usage(format!(
                "{shown} is a link out of the repository: it is not read"
            )));
        }
        let text = plain_text(file.real).map_err(|error| unreadable(named, &error))?;
        into.insert(file.inside, text);
        Ok(())
    })
}

/// The text of a plain file. What never ends, or never begins, is none: a device, a pipe.
fn plain_text(path: &Path) -> io::Result<String> {
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    match metadata.len() {
        ..=LARGEST => read_to_string(path),
        bytes => Err(io::Error::other(format!(
            "it has {bytes} bytes, and a text of a pack at most {LARGEST}"
        ))),
    }
}

/// The repository in whose own directory `dir` lies: a stranger may have written what is there, and may link to what the user alone may read.
fn repository_around(dir: &Path) -> Option<&Path> {
    let is_own = |part: &&Path| part.file_name().is_some_and(|name| name == own::OWN);
    let root = dir.ancestors().find(is_own)?.parent()?;
    Some(match root.as_os_str().is_empty() {
        true => Path::new("."),
        false => root,
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
    fn a_repositorys_own_folders_are_read_through_no_link_out_of_it() {
        let world = tempfile::tempdir().expect("a directory");
        let secret = world.path().join("secret.toml");
        std::fs::write(&secret, "token").expect("written");
        for (place, is_stranger) in [("shop/.perfctl/plugins", true), ("mine/plugins", false)] {
            let pack = world.path().join(place).join("acme");
            std::fs::create_dir_all(&pack).expect("made");
            symlink(&secret, pack.join("pack.toml")).expect("linked");
            let read = read(&world.path().join(place)).map_err(|error| error.message);
            match is_stranger {
                true => assert!(
                    read.as_ref()
                        .is_err_and(|why| why.contains("out of the repository")),
                    "{read:?}"
                ),
                false => assert_eq!(read, Ok(vec!["acme/pack.toml".to_owned()])),
            }
        }
    }

    #[test]
    fn what_is_no_plain_file_or_too_long_is_told_and_not_read() {
        let dir = dir();
        let text = dir.path().join("acme/rule.toml");
        symlink("/dev/zero", &text).expect("linked");
        let why = read(dir.path()).expect_err("never ends").message;
        assert!(why.contains("rule.toml: it is no plain file"), "{why}");
        std::fs::remove_file(&text).expect("removed");
        let file = std::fs::File::create(&text).expect("made");
        file.set_len(LARGEST + 1).expect("as long as that");
        let why = read(dir.path()).expect_err("too long").message;
        assert!(why.contains("at most 16777216"), "{why}");
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
