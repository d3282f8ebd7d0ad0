//! Packs of which nothing is read: what they would bring is known from their lock, or from files that must not count.

use std::collections::BTreeMap;
use std::path::Path;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;
use perfctl_runtime::pack::{Brought, PackFiles, Program};
use perfctl_wire::lock::Locked;
use perfctl_wire::rule::read_pack;

/// Whether anything of a pack's files decides what is found; checklists alone ask, and find nothing.
pub(super) fn is_in_force(files: &BTreeMap<String, String>) -> bool {
    files
        .keys()
        .any(|path| path.ends_with("/rule.toml") || path.starts_with("facts/"))
}

/// What the files of the pack `id` bring.
pub(super) fn brought_in(files: &BTreeMap<String, String>, id: &str) -> Brought {
    let folders = files
        .keys()
        .filter_map(|path| path.strip_suffix("/rule.toml"));
    let head = files.get("pack.toml").map_or("", String::as_str);
    // What is wrong with the head nobody has to know who may not use it.
    let (collectors, reporters) = read_pack("pack.toml", head, id)
        .map(|pack| (pack.collectors, pack.reporters))
        .unwrap_or_default();
    Brought {
        rules: folders
            .filter(|folder| RuleId::is_well_formed(folder))
            .map(RuleId::from)
            .collect(),
        collectors: collectors.into_iter().map(|head| head.name).collect(),
        formats: reporters.into_iter().map(|head| head.name).collect(),
    }
}

/// What a plugin brings as its lock says.
pub(super) fn brought_by(plugin: &Locked) -> Brought {
    Brought {
        rules: plugin.rules.clone(),
        collectors: plugin.collectors.clone(),
        formats: plugin.formats.clone(),
    }
}

/// A pack of which nothing can be read but what its lock says.
pub(super) fn lost(path: &Path, why: String, known: Brought, layer: Layer) -> PackFiles {
    let shown = path.display().to_string();
    PackFiles {
        folder: String::new(),
        layer,
        program: Program::Unusable { why, known },
        shown,
        files: BTreeMap::new(),
        is_sealed: true,
    }
}
