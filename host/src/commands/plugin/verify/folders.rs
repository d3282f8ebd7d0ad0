//! Packs in folders beside plugins: no lock names them, and they run all the same.

use std::path::Path;

use perfctl_core::rule::Layer;

use super::{Verified, in_full};
use crate::assets;
use crate::error::CommandError;
use crate::plugins::{Plugins, Shelf, Trusted, Who, can_judge, written_id};

/// Whether the packs in folders of a directory can be loaded; of those in `ids` alone where some are named.
pub(super) fn verified(
    shelf: &Shelf,
    trusted: &Trusted,
    ids: &[String],
) -> Result<Vec<Verified>, CommandError> {
    let names = shelf.folders().into_iter();
    let names: Vec<String> = names
        .filter(|name| ids.is_empty() || ids.contains(name))
        .collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let layer = Layer::Organisation(shelf.dir.clone());
    let files = Plugins::of_the_author().packs_of(shelf, &layer)?;
    // As in a run: what one of them has another one may not.
    let packs = assets::above_built_in(&files);
    let verified = names.into_iter().map(|name| {
        let folder = shelf.folder().join(&name);
        let mut faults: Vec<String> = trusted.may_run_folder(&folder).err().into_iter().collect();
        let problems = packs.problems.iter();
        let problems = problems.filter(|one| Path::new(&one.subject).starts_with(&folder));
        faults.extend(problems.map(|one| format!("{}: {}", one.subject, one.message)));
        let broken = packs.broken.values().filter(|why| why.pack == name);
        faults.extend(broken.map(|why| why.full.clone()));
        let head = shelf.read(&folder.join("pack.toml")).unwrap_or_default();
        let head = String::from_utf8_lossy(&head);
        // What may not run is not run to see whether it could.
        if faults.is_empty() {
            let own = packs.rules.values();
            let own = own.filter(|loaded| loaded.rule.pack == name && loaded.rule.layer == layer);
            faults.extend(can_judge(own, Who::User).err().map(in_full));
        }
        Verified {
            id: written_id(&head).unwrap_or_else(|| name.clone()),
            version: version(&head).unwrap_or_default(),
            path: folder.display().to_string(),
            ok: faults.is_empty(),
            faults,
        }
    });
    Ok(verified.collect())
}

fn version(head: &str) -> Option<String> {
    let head: toml::Table = head.parse().ok()?;
    head.get("version")?.as_str().map(str::to_owned)
}
