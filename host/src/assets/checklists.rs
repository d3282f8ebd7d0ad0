//! Checklists that packs of all layers bring: `plugins/PACK/checklists/NAME.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use perfctl_wire::checklist::{self, Shelf};
use perfctl_wire::recipe::Vocabulary;

use super::{PLUGINS, layers, texts};
use crate::error::CommandError;
use crate::settings::Loaded;

/// The folder of a pack that holds them.
const FOLDER: &str = "checklists";

/// The checklists of all layers; a later one wins over an earlier one of the same name.
pub(crate) fn shelf(loaded: &Loaded, vocabulary: &Vocabulary) -> Result<Shelf, CommandError> {
    let mut shelf = built_in(vocabulary);
    for (_, dir) in layers(loaded) {
        let Ok(packs) = std::fs::read_dir(dir.join("plugins")) else {
            continue;
        };
        // Plugins in one file lie among them, and their lock.
        let packs = packs.flatten().map(|pack| pack.path());
        let mut packs: Vec<_> = packs.filter(|pack| pack.is_dir()).collect();
        packs.sort();
        for pack in packs {
            let folder = pack.join(FOLDER);
            let mut files = BTreeMap::new();
            texts(&folder, &mut files)?;
            for (file, text) in files {
                put(&mut shelf, &folder.join(&file), &text, vocabulary);
            }
        }
    }
    Ok(shelf)
}

/// The checklists that the program brings.
pub(crate) fn built_in(vocabulary: &Vocabulary) -> Shelf {
    let mut shelf = Shelf::default();
    for (path, text) in PLUGINS {
        let shown = Path::new("built-in:plugins").join(path);
        if path.split('/').nth(1) == Some(FOLDER) {
            put(&mut shelf, &shown, text, vocabulary);
        }
    }
    shelf
}

fn put(shelf: &mut Shelf, path: &Path, text: &str, vocabulary: &Vocabulary) {
    if path.extension().is_none_or(|end| end != "toml") {
        return;
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let read = checklist::read(&path.display().to_string(), &name, text, vocabulary);
    shelf.put(&name, read.map_err(|faults| faults.to_string()));
}
