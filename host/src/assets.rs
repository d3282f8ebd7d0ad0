//! Rules, recipes and templates of all layers: embedded ones first, then the user's, the organisation's, the trusted
//! repository's. Each later file wins over an earlier one of the same name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use perfctl_core::rule::Layer;
use perfctl_report::Templates;
use perfctl_runtime::pack::{PackFiles, Packs, Program};

use crate::error::CommandError;
use crate::plugins::{COMPONENT, Plugins, Shelf, is_compiled, warn_of_newer, written_id};
use crate::settings::Loaded;

pub(crate) mod checklists;
mod folders;
pub(crate) mod recipes;

pub(crate) use folders::{is_looked_into, script_paths};
pub(crate) use recipes::RecipeText;

use folders::texts;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Directories of the layers, lowest first.
pub(crate) fn layers(loaded: &Loaded) -> Vec<(Layer, PathBuf)> {
    let user = loaded
        .user
        .iter()
        .map(|dir| (Layer::User(dir.clone()), dir.clone()));
    let organisation = loaded
        .organisations
        .iter()
        .map(|dir| (Layer::Organisation(dir.clone()), dir.clone()));
    let repository = loaded
        .repository
        .iter()
        .map(|dir| (Layer::Repository(dir.clone()), dir.clone()));
    user.chain(organisation).chain(repository).collect()
}

/// A table of embedded files as owned texts.
fn embedded(table: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    table.iter().map(owned).collect()
}

/// The files of the scaffold called `name` by path. Rules over code share one script, which lies beside the scaffolds; one with a
/// script of its own has that, for it comes later.
pub(crate) fn scaffold(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let shared = SCAFFOLDS.iter().filter(|(path, _)| !path.contains('/'));
    let own = SCAFFOLDS.iter().filter_map(move |(path, text)| {
        let path = path.strip_prefix(name)?.strip_prefix('/')?;
        Some((path, *text))
    });
    shared.copied().chain(own)
}

/// What plugins in a language are written with, by path, and the scaffold of one. Tests of it stay with perfctl.
pub(crate) fn sdk(language: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = match language {
        "js" => SDK_JS,
        "python" => SDK_PYTHON,
        "rust" => SDK_RUST,
        _ => &[],
    };
    let is_shipped = |path: &str| {
        let own = ["toolchain/", "test/", "tests/"];
        !path.ends_with("tests.rs") && !own.iter().any(|folder| path.starts_with(folder))
    };
    table
        .iter()
        .copied()
        .filter(move |(path, _)| is_shipped(path))
}

/// What all languages share of a new pack of collectors or formats, by path; `kind` is its folder.
pub(crate) fn kinds(kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS.iter().filter_map(move |(path, text)| {
        let path = path.strip_prefix(kind)?.strip_prefix('/')?;
        Some((path, *text))
    })
}

/// The contract of plugins, by file.
pub(crate) fn wit() -> impl Iterator<Item = (&'static str, &'static str)> {
    WIT.iter().copied()
}

/// The packs of one directory of packs.
pub(crate) fn packs_in(
    dir: &Path,
    layer: &Layer,
    plugins: &Plugins,
) -> Result<Vec<PackFiles>, CommandError> {
    let mut packs = Vec::new();
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        // Rules that nobody may read would pass for rules that are not there.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            let dir = dir.display();
            return Err(CommandError::usage(format!("cannot read {dir}: {error}")));
        }
        Err(_) => return Ok(packs),
    };
    let mut folders: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        packs.push(pack_at(&folder, layer.clone(), plugins)?);
    }
    Ok(packs)
}

/// The pack in the folder `path`.
pub(crate) fn pack_at(
    path: &Path,
    layer: Layer,
    plugins: &Plugins,
) -> Result<PackFiles, CommandError> {
    let files = all_texts(path)?;
    Ok(plugins.pack_in(path, folder_name(path), files, layer))
}

/// The pack in the folder `path`, for its author. What is compiled carries the id of its pack.toml along, so the folder of its source may be called
/// otherwise, as that of a clone is; a pack of scripts is used as the folder that it is.
pub(crate) fn own_pack(path: &Path) -> Result<PackFiles, CommandError> {
    let files = all_texts(path)?;
    let is_component = is_compiled(path) || path.join(COMPONENT).is_file();
    let head = files.get("pack.toml").filter(|_| is_component);
    let id = head.and_then(|head| written_id(head));
    let id = id.unwrap_or_else(|| folder_name(path));
    let layer = Layer::Repository(path.to_owned());
    // Errors name the component, and are read where the author stands.
    let path = &from_here(path);
    warn_of_newer(path);
    let pack = Plugins::of_the_author().pack_in(path, id, files, layer);
    match &pack.program {
        // Without its files it would be told as a folder that is no pack.
        Program::Unusable { why, .. } if pack.files.is_empty() => {
            Err(CommandError::usage(format!("{}: {why}", pack.shown)))
        }
        _ => Ok(pack),
    }
}

/// A path below the current directory as it is written there; any other as it is.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let below = here.ok().and_then(|here| path.strip_prefix(here).ok());
    match below {
        Some(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Some(below) => below.to_owned(),
        None => path.to_owned(),
    }
}

/// The name of a folder.
pub(crate) fn folder_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The texts of the pack in a folder, without its cases.
pub(crate) fn all_texts(path: &Path) -> Result<BTreeMap<String, String>, CommandError> {
    let mut files = BTreeMap::new();
    texts(path, &mut files)?;
    Ok(files)
}

/// Whether a pack of the binary's own is called so.
pub(crate) fn is_built_in(id: &str) -> bool {
    let mut paths = PLUGINS.iter();
    paths.any(|(path, _)| path.split_once('/').is_some_and(|(folder, _)| folder == id))
}

/// Whether a pack of the binary's own has the rule.
pub(crate) fn has_built_in_rule(rule: &str) -> bool {
    let mut paths = PLUGINS.iter();
    paths.any(|(path, _)| {
        let folder = path.strip_suffix("/rule.toml");
        folder
            .and_then(|folder| folder.split_once('/'))
            .is_some_and(|(_, own)| own == rule)
    })
}

/// The packs that the binary brings.
pub(crate) fn built_in_packs() -> Vec<PackFiles> {
    let mut packs: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for (path, text) in PLUGINS {
        // Files beside the packs, such as a README, belong to none.
        if let Some((folder, path)) = path.split_once('/') {
            let files = packs.entry(folder).or_default();
            files.insert(path.to_owned(), (*text).to_owned());
        }
    }
    packs
        .into_iter()
        .map(|(folder, files)| PackFiles {
            shown: format!("built-in:plugins/{folder}"),
            folder: folder.to_owned(),
            layer: Layer::BuiltIn,
            files,
            program: Program::Scripts,
            is_sealed: false,
        })
        .collect()
}

/// A pack of its author's above the built-in ones, whose facts every rule may rely on. A checkout's own pack takes the place of the one
/// that the program was built with.
pub(crate) fn beside_built_in(mut own: PackFiles) -> Packs {
    // It lies in a repository, and is meant to be a user's or an organisation's: its facts may say otherwise what others say.
    if let Layer::Repository(dir) = own.layer {
        own.layer = Layer::Organisation(dir);
    }
    let mut all = built_in_packs();
    all.retain(|other| own.is_sealed || other.folder != own.folder);
    all.push(own);
    Packs::load(&all)
}

/// The packs of all layers, read.
pub(crate) fn packs(loaded: &Loaded) -> Result<Packs, CommandError> {
    Ok(above_built_in(&packs_of_layers(loaded)?))
}

/// The packs of all layers but the program's own, as they lie.
pub(crate) fn packs_of_layers(loaded: &Loaded) -> Result<Vec<PackFiles>, CommandError> {
    let mut all = Vec::new();
    let plugins = Plugins::new(&loaded.settings)?;
    for (layer, dir) in layers(loaded) {
        let shelf = Shelf::open(&dir)?;
        all.extend(plugins.packs_of(&shelf, &layer)?);
    }
    Ok(all)
}

/// The packs that the program brings, and `others` above them.
pub(crate) fn above_built_in(others: &[PackFiles]) -> Packs {
    let mut all = built_in_packs();
    all.extend_from_slice(others);
    Packs::load(&all)
}

/// Where each template file comes from: its layer and the file or its built-in name.
pub(crate) fn template_places(
    loaded: &Loaded,
) -> Result<BTreeMap<String, (Layer, String)>, CommandError> {
    let built_in = TEMPLATES.iter().map(|(path, _)| {
        let place = (Layer::BuiltIn, format!("built-in:templates/{path}"));
        ((*path).to_owned(), place)
    });
    let mut places: BTreeMap<_, _> = built_in.collect();
    for (layer, dir) in layers(loaded) {
        let dir = dir.join("templates");
        let mut files = BTreeMap::new();
        texts(&dir, &mut files)?;
        for path in files.into_keys() {
            let place = dir.join(&path).display().to_string();
            places.insert(path, (layer.clone(), place));
        }
    }
    places.retain(|path, _| !path.ends_with(".md"));
    Ok(places)
}

/// The templates of all layers.
pub(crate) fn templates(loaded: &Loaded) -> Result<Templates, CommandError> {
    let mut files = embedded(TEMPLATES);
    for (_, dir) in layers(loaded) {
        texts(&dir.join("templates"), &mut files)?;
    }
    Ok(Templates::new(files))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files below `dir` that belong into the program, by path.
    fn on_disk(dir: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        texts(&root.join(dir), &mut files).expect("readable");
        files.retain(|path, _| !path.starts_with("examples/"));
        files
    }

    #[test]
    fn the_program_brings_what_the_folders_hold_without_cases() {
        for (dir, table) in [
            ("plugins", PLUGINS),
            ("recipes", RECIPES),
            ("templates", TEMPLATES),
        ] {
            let (embedded, on_disk) = (embedded(table), on_disk(dir));
            assert!(!embedded.is_empty(), "{dir}");
            assert!(
                embedded == on_disk,
                "{dir}: {:?}",
                embedded
                    .keys()
                    .filter(|path| embedded.get(*path) != on_disk.get(*path))
                    .collect::<Vec<_>>()
            );
        }
        assert!(scaffold("python").any(|(path, _)| path.starts_with("cases/")));
    }

    #[test]
    fn rules_that_the_program_brings_ask_for_words_that_facts_have() {
        // As if they were a user's: only those are looked at when they load.
        let packs: Vec<PackFiles> = built_in_packs()
            .into_iter()
            .map(|pack| PackFiles {
                layer: Layer::User("/user".into()),
                ..pack
            })
            .collect();
        let packs = Packs::load(&packs);
        assert!(packs.problems.is_empty(), "{:?}", packs.problems);
    }
}
