//! What an audited repository holds for perfctl itself: `.perfctl.toml` and `.perfctl/`. Whoever wrote it may mean harm, so
//! nothing is read through a link out of the repository, and looking at it ends.

use std::path::{Path, PathBuf};

use perfctl_wire::table::MAX_BYTES;
use sha2::{Digest as _, Sha256};

use crate::error::CommandError;
use crate::plugins::{COMPONENT, is_called_plugin};

/// The settings of a repository, from its root.
pub(crate) const SETTINGS: &str = ".perfctl.toml";

/// A repository's own rules, recipes and templates, from its root.
pub(crate) const OWN: &str = ".perfctl";

/// What people sign for, in [`OWN`]. Signing is no loosening, so it counts without trust.
pub(crate) const ATTESTATIONS: &str = "attestations.toml";

/// How many files and directories may be trusted: some hundred times what a pack of rules with its cases has.
const MOST_FILES: usize = 20_000;

/// How many bytes may be trusted.
const MOST_SIZE: u64 = 64 << 20;

/// The text of a file, `None` when there is none. A device or a pipe would never end, a file too large for settings would fill
/// the memory.
pub(crate) fn text(path: &Path) -> Result<Option<String>, CommandError> {
    text_shown(path, path)
}

/// As [`text`]; messages call the file `shown`.
fn text_shown(path: &Path, shown: &Path) -> Result<Option<String>, CommandError> {
    let cannot = |why: &dyn std::fmt::Display| {
        CommandError::usage(format!("cannot read {}: {why}", shown.display()))
    };
    match std::fs::metadata(path) {
        Ok(data) if !data.is_file() => Err(cannot(&"it is no file")),
        Ok(data) if data.len() > MAX_BYTES as u64 => {
            Err(cannot(&format!("it is larger than {MAX_BYTES} bytes")))
        }
        Ok(_) => std::fs::read_to_string(path)
            .map(Some)
            .map_err(|error| cannot(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot(&error)),
    }
}

/// As [`text`], of a file that an audited repository brings: messages quote what is wrong, so a link out of the repository would
/// show a stranger what lies there. They name the file from the root, which may be a clone that nobody finds again.
pub(crate) fn text_in(root: &Path, path: &Path) -> Result<Option<String>, CommandError> {
    let shown = path.strip_prefix(root).unwrap_or(path);
    if leads_out(root, path) {
        return Err(CommandError::usage(format!(
            "{} is a link out of the repository: it is not read",
            shown.display()
        )));
    }
    text_shown(path, shown)
}

/// Whether what is at `path` really lies outside of `root`.
pub(crate) fn leads_out(root: &Path, path: &Path) -> bool {
    match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(real)) => !real.starts_with(root),
        _ => false,
    }
}

/// SHA-256 over everything that trust would put in force: `.perfctl.toml` and the files of `.perfctl/` but the signatures, by
/// path. Links within the repository are followed, because whoever reads these files follows them: what a link leads to is as
/// much a part of what is trusted.
///
/// # Errors
/// What is there cannot be trusted: a link out of the repository or around in a circle, or too much to look through.
pub(crate) fn content_hash(root: &Path) -> Result<String, String> {
    let mut hash = Sha256::new();
    for path in trusted_files(root)? {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
        let content =
            std::fs::read(&path).map_err(|error| format!("cannot read {name}: {error}"))?;
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(&content);
    }
    let digest = hash.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What trust puts in force beside settings, by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Granted {
    /// Ids of rules that lie open.
    pub(crate) rules: Vec<String>,
    /// Files of plugins: whatever they carry along, they run as what they are called here.
    pub(crate) plugins: Vec<String>,
    /// Names of recipes.
    pub(crate) recipes: Vec<String>,
    /// Files of templates.
    pub(crate) templates: Vec<String>,
}

impl Granted {
    /// What the repository at `root` holds; nothing of it is read.
    ///
    /// # Errors
    /// As [`content_hash`].
    pub(crate) fn of(root: &Path) -> Result<Self, String> {
        let mut granted = Self::default();
        for path in trusted_files(root)? {
            let below = path.strip_prefix(root.join(OWN)).unwrap_or(&path);
            let parts: Vec<String> = below
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            let names: Vec<&str> = parts.iter().map(String::as_str).collect();
            match names.as_slice() {
                ["plugins", _, id, "rule.toml"] => granted.rules.push((*id).to_owned()),
                ["plugins", file] if is_called_plugin(file) => {
                    granted.plugins.push((*file).to_owned());
                }
                ["plugins", pack, COMPONENT] => granted.plugins.push(format!("{pack}/{COMPONENT}")),
                ["recipes", file] => {
                    let name = file.strip_suffix(".toml").map(str::to_owned);
                    granted.recipes.extend(name);
                }
                ["templates", file @ ..] => granted.templates.push(file.join("/")),
                _ => {}
            }
        }
        Ok(granted)
    }
}

/// The files behind [`content_hash`].
fn trusted_files(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Files {
        root: root.canonicalize().map_err(|error| error.to_string())?,
        shown_from: root.to_owned(),
        around: Vec::new(),
        found: Vec::new(),
        seen: 0,
        size: 0,
    };
    files.collect(&root.join(SETTINGS))?;
    files.collect(&root.join(OWN))?;
    let mut found = files.found;
    // Signatures count without trust, and a new one should not end it.
    found.retain(|path| *path != root.join(OWN).join(ATTESTATIONS));
    found.sort();
    Ok(found)
}

/// Files that are looked for below a repository's root.
struct Files {
    root: PathBuf,
    /// The root as it was named, which messages leave out.
    shown_from: PathBuf,
    /// The real directories around the one that is looked into.
    around: Vec<PathBuf>,
    found: Vec<PathBuf>,
    seen: usize,
    size: u64,
}

impl Files {
    fn collect(&mut self, path: &Path) -> Result<(), String> {
        let shown = path.strip_prefix(&self.shown_from).unwrap_or(path);
        let shown = shown.display().to_string();
        let failed = |error: std::io::Error| format!("cannot read {shown}: {error}");
        let data = match std::fs::metadata(path) {
            Ok(data) => data,
            // Nobody can read what a dangling link leads to, and a circle of links leads nowhere.
            Err(_) if self.around.is_empty() && path.symlink_metadata().is_err() => return Ok(()),
            Err(error) => return Err(failed(error)),
        };
        let real = path.canonicalize().map_err(failed)?;
        if !real.starts_with(&self.root) {
            return Err(format!("{shown} is a link out of the repository"));
        }
        self.seen += 1;
        self.size += if data.is_file() { data.len() } else { 0 };
        if self.seen > MOST_FILES || self.size > MOST_SIZE {
            return Err(format!(
                "`{OWN}` holds more than {MOST_FILES} files or {} MiB",
                MOST_SIZE >> 20
            ));
        }
        if data.is_file() {
            self.found.push(path.to_owned());
        } else if data.is_dir() {
            if self.around.contains(&real) {
                return Err(format!("{shown} is a link to a directory around it"));
            }
            self.around.push(real);
            for entry in std::fs::read_dir(path).map_err(failed)? {
                self.collect(&entry.map_err(failed)?.path())?;
            }
            self.around.pop();
        }
        Ok(())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().expect("below the root")).expect("works here");
        std::fs::write(file, text).expect("works here");
    }

    #[test]
    fn what_a_link_leads_to_is_part_of_what_is_trusted() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path();
        write(root, "elsewhere/recipes/audit.toml", "harmless");
        write(root, "settings", "harmless");
        write(root, ".perfctl/plugins/a/pack.toml", "harmless");
        symlink("../elsewhere/recipes", root.join(".perfctl/recipes")).expect("works here");
        symlink("settings", root.join(SETTINGS)).expect("works here");
        let mut seen = vec![content_hash(root).expect("fine")];
        for path in [
            "elsewhere/recipes/audit.toml",
            "settings",
            ".perfctl/plugins/a/pack.toml",
        ] {
            write(root, path, "evil");
            seen.push(content_hash(root).expect("fine"));
        }
        let deep = format!(".perfctl/{}x.py", "d/".repeat(60));
        write(root, &deep, "harmless");
        seen.push(content_hash(root).expect("fine"));
        write(root, &deep, "evil");
        seen.push(content_hash(root).expect("fine"));
        seen.sort();
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all);
        write(root, ".perfctl/attestations.toml", "signed");
        assert!(seen.contains(&content_hash(root).expect("fine")));
    }

    #[test]
    fn what_trust_grants_is_known_by_its_names() {
        let dir = tempfile::tempdir().expect("works here");
        for path in [
            "plugins/own/pack.toml",
            "plugins/own/OWN-001/rule.toml",
            "plugins/own/OWN-001/cases/found/rule.toml",
            "plugins/own/README.md",
            "plugins/acme.wasm",
            "plugins/acme.wasm.minisig",
            "plugins/hidden.pack.json",
            "plugins/tool/pack.toml",
            "plugins/tool/plugin.wasm",
            "recipes/nightly.toml",
            "recipes/nightly/count.py",
            "templates/parts/head.hbs",
            "attestations.toml",
        ] {
            write(dir.path(), &format!(".perfctl/{path}"), "");
        }
        // Where a change of the lock was cut off, its plugin runs under this name.
        let aside = format!("half.wasm.{}", "0".repeat(64));
        write(dir.path(), &format!(".perfctl/plugins/{aside}"), "");
        let granted = Granted {
            rules: vec!["OWN-001".to_owned()],
            plugins: vec![
                "acme.wasm".to_owned(),
                aside,
                "hidden.pack.json".to_owned(),
                "tool/plugin.wasm".to_owned(),
            ],
            recipes: vec!["nightly".to_owned()],
            templates: vec!["parts/head.hbs".to_owned()],
        };
        assert_eq!(Granted::of(dir.path()), Ok(granted));
    }

    #[test]
    fn what_leads_out_around_or_on_and_on_cannot_be_trusted() {
        let dir = tempfile::tempdir().expect("works here");
        let refused = |name: &str, links: &[(&str, &str)]| {
            let root = dir.path().join(name);
            write(&root, ".perfctl/recipes/a.toml", "");
            for (link, to) in links {
                symlink(to, root.join(link)).expect("works here");
            }
            content_hash(&root).expect_err(name)
        };
        let around = [(".perfctl/a", "."), (".perfctl/b", ".")];
        assert!(refused("around", &around).ends_with("is a link to a directory around it"));
        let out = refused("out", &[(".perfctl/u", "/usr")]);
        assert_eq!(out, ".perfctl/u is a link out of the repository");
        assert!(refused("dangling", &[(".perfctl/x", "nowhere")]).contains(".perfctl/x"));
        // Every directory leads to the next in four ways, so that there are 4^20 paths.
        let root = dir.path().join("wide");
        for at in 0..20 {
            write(&root, &format!(".perfctl/{at}/x"), "");
            for link in ["a", "b", "c", "d"] {
                let link = root.join(format!(".perfctl/{at}/{link}"));
                symlink(format!("../{}", at + 1), link).expect("works here");
            }
        }
        write(&root, ".perfctl/20/x", "");
        assert!(content_hash(&root).expect_err("wide").contains("more than"));
    }

    #[test]
    fn a_file_outside_of_the_repository_is_not_quoted() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path().join("shop");
        write(dir.path(), "secret", "token");
        write(&root, "a.toml", "a = 1");
        symlink("../secret", root.join(SETTINGS)).expect("works here");
        let refused = text_in(&root, &root.join(SETTINGS)).expect_err("a link out");
        let said = ".perfctl.toml is a link out of the repository: it is not read";
        assert_eq!(refused.message, said);
        assert_eq!(
            text_in(&root, &root.join("a.toml"))
                .ok()
                .flatten()
                .as_deref(),
            Some("a = 1")
        );
        assert!(matches!(text_in(&root, &root.join("none")), Ok(None)));
    }
}
