//! Finding the files of all layers and reading them; what they mean is the wire room's business.

use std::path::{Path, PathBuf};

use perfctl_core::repository::Checkout;
use perfctl_wire::attestations::Attestation;
use perfctl_wire::settings::{self, Layer, Level, Settings};
use perfctl_wire::table::MAX_BYTES;
use sha2::{Digest as _, Sha256};

use crate::cli::GlobalArgs;
use crate::error::CommandError;

/// The settings of a repository, from its root.
pub(crate) const SETTINGS: &str = ".perfctl.toml";

/// A repository's own rules, recipes and templates, from its root.
pub(crate) const OWN: &str = ".perfctl";

/// What people sign for, in [`OWN`]. Signing is no loosening, so it counts without trust.
pub(crate) const ATTESTATIONS: &str = "attestations.toml";

/// How deep links and directories of `.perfctl` are followed; deeper ones are loops.
const DEEPEST: usize = 32;

/// Settings of one repository with where they came from.
pub(crate) struct Loaded {
    /// In force.
    pub(crate) settings: Settings,
    /// Directories with an organisation's packs, recipes and templates.
    pub(crate) organisations: Vec<PathBuf>,
    /// The user's own directory with packs, recipes and templates.
    pub(crate) user: Option<PathBuf>,
    /// The repository's `.perfctl` directory, if it is trusted.
    pub(crate) repository: Option<PathBuf>,
    /// What people signed for in the repository.
    pub(crate) attestations: Vec<Attestation>,
    /// What was ignored; each a sentence.
    pub(crate) notes: Vec<String>,
}

/// The user's settings directory.
pub(crate) fn user_dir() -> Option<PathBuf> {
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    config.or_else(home).map(|dir| dir.join("perfctl"))
}

/// The directory for caches, private to the user.
pub(crate) fn cache_dir() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    cache.or_else(home).map(|dir| dir.join("perfctl"))
}

fn read_layer(path: &Path, level: Level) -> Result<Option<Layer>, CommandError> {
    match text(path)? {
        Some(text) => Ok(Some(settings::read(
            &path.display().to_string(),
            &text,
            level,
        )?)),
        None => Ok(None),
    }
}

/// The text of a file, `None` when there is none. The audited repository may hold a link to anything: a device or a pipe
/// would never end, a file too large for settings would fill the memory.
fn text(path: &Path) -> Result<Option<String>, CommandError> {
    let cannot = |why: &dyn std::fmt::Display| {
        CommandError::usage(format!("cannot read {}: {why}", path.display()))
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

/// A repository whose settings are read.
#[derive(Clone, Copy)]
pub(crate) struct Repository<'r> {
    /// Where its files are.
    pub(crate) root: &'r Path,
    /// The URL or bare repository that it was cloned from; `None` where it is audited in place.
    pub(crate) cloned_from: Option<&'r str>,
}

impl<'r> Repository<'r> {
    /// One that is audited where it is.
    pub(crate) fn in_place(root: &'r Path) -> Self {
        Self {
            root,
            cloned_from: None,
        }
    }

    /// What was opened for an audit.
    pub(crate) fn of(checkout: &'r Checkout) -> Self {
        let source = &checkout.source;
        // As the workspace shows paths; a path may hold what is no UTF-8.
        let cloned = source.origin != identity_path(checkout.root()).display().to_string();
        Self {
            root: checkout.root(),
            cloned_from: cloned.then_some(source.origin.as_str()),
        }
    }

    /// How it is called in the record of trust: the URL without credentials, or the absolute path.
    pub(crate) fn identity(self) -> String {
        match self.cloned_from {
            Some(origin) => origin.to_owned(),
            None => identity_path(self.root).display().to_string(),
        }
    }

    /// The command that trusts it.
    fn trust_command(self) -> String {
        match self.cloned_from {
            Some(origin) => format!("perfctl trust {origin}"),
            None => "perfctl trust".to_owned(),
        }
    }
}

fn identity_path(root: &Path) -> PathBuf {
    std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned())
}

/// Reads all layers for a repository (`None` outside any). `command` is what the flags say.
pub(crate) fn load(
    repository: Option<Repository<'_>>,
    command: Layer,
    global: &GlobalArgs,
) -> Result<Loaded, CommandError> {
    let root = repository.map(|repository| repository.root);
    let mut layers = vec![settings::built_in()];
    let user = user_dir();
    if let Some(dir) = &user {
        layers.extend(read_layer(&dir.join("config.toml"), Level::User)?);
    }
    let early = settings::merge(&layers, false);
    let mut organisations = Vec::new();
    let named = early.organisation_dirs.iter().map(|dir| {
        let path = PathBuf::from(&dir.value);
        match &user {
            Some(user) if path.is_relative() => user.join(path),
            _ => path,
        }
    });
    for path in named.chain(global.config.iter().cloned()) {
        if path.is_dir() {
            layers.extend(read_layer(&path.join("config.toml"), Level::Organisation)?);
            organisations.push(path);
        } else {
            let layer = read_layer(&path, Level::Organisation)?;
            let layer = layer.ok_or_else(|| {
                CommandError::usage(format!(
                    "there is no settings file or directory {}",
                    path.display()
                ))
            })?;
            layers.push(layer);
        }
    }
    let mut attestations = Vec::new();
    let mut trusted = global.trust_repo;
    if let Some(repository) = repository {
        let root = repository.root;
        if let Some(mut layer) = read_layer(&root.join(SETTINGS), Level::Repository)? {
            // A finding about a waiver has its place in the repository, like every other finding.
            for waiver in &mut layer.waivers {
                waiver.value.place.path = SETTINGS.into();
            }
            layers.push(layer);
        }
        let file = root.join(OWN).join(ATTESTATIONS);
        if let Some(text) = text(&file)? {
            attestations =
                perfctl_wire::attestations::read(&format!("{OWN}/{ATTESTATIONS}"), &text)?;
        }
        trusted |= early.trusts(&repository.identity(), &content_hash(root));
    }
    layers.push(command);
    let settings = settings::merge(&layers, trusted);
    let trust = repository.map_or_else(String::new, Repository::trust_command);
    let mut notes = settings.notes(&trust);
    let own = root.map(|root| root.join(OWN)).filter(|dir| dir.is_dir());
    if !trusted && let Some(dir) = own.as_ref().filter(|dir| holds_rules(dir)) {
        notes.push(format!(
            "{} holds rules, recipes or templates; they are not read, because the repository is not trusted: to read them, run \
             `{trust}`, or pass `--trust-repo` for one run",
            dir.display()
        ));
    }
    Ok(Loaded {
        settings,
        organisations,
        user,
        repository: own.filter(|_| trusted),
        attestations,
        notes,
    })
}

fn holds_rules(dir: &Path) -> bool {
    ["plugins", "recipes", "templates"]
        .iter()
        .any(|name| dir.join(name).is_dir())
}

/// SHA-256 over everything that trust would put in force: `.perfctl.toml` and the files of `.perfctl/` but the
/// signatures, by path. Links are
/// followed, because whoever reads these files follows them: what a link leads to is as much a part of what is trusted.
pub(crate) fn content_hash(root: &Path) -> String {
    let mut files = Vec::new();
    collect(&root.join(SETTINGS), 0, &mut files);
    collect(&root.join(OWN), 0, &mut files);
    // Signatures count without trust, and a new one should not end it.
    files.retain(|path| *path != root.join(OWN).join(ATTESTATIONS));
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        let name = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        let content = std::fs::read(&path).unwrap_or_default();
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(&content);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(data) = std::fs::metadata(path) else {
        return;
    };
    if data.is_file() {
        files.push(path.to_owned());
    } else if data.is_dir() && depth < DEEPEST {
        let Ok(entries) = std::fs::read_dir(path) else {
            return;
        };
        for entry in entries.flatten() {
            collect(&entry.path(), depth + 1, files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_part_of_what_is_trusted() {
        let dir = tempfile::tempdir().expect("works here");
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir_all(at(".perfctl")).expect("works here");
        std::fs::create_dir_all(at("elsewhere/recipes")).expect("works here");
        std::fs::write(at("elsewhere/recipes/audit.toml"), "harmless").expect("works here");
        std::fs::write(at("settings"), "harmless").expect("works here");
        std::os::unix::fs::symlink("../elsewhere/recipes", at(".perfctl/recipes"))
            .expect("works here");
        std::os::unix::fs::symlink("settings", at(SETTINGS)).expect("works here");
        // A loop must end.
        std::os::unix::fs::symlink(".", at(".perfctl/again")).expect("works here");
        let first = content_hash(dir.path());
        std::fs::write(at("elsewhere/recipes/audit.toml"), "evil").expect("works here");
        let second = content_hash(dir.path());
        std::fs::write(at("settings"), "evil").expect("works here");
        let third = content_hash(dir.path());
        assert!(first != second && second != third);
    }
}
