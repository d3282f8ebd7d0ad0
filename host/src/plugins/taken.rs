//! Rules that a plugin by another id has already: no run takes one from there, so a plugin that brings one is not taken where both would be read.

use std::path::{Path, PathBuf};

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;
use perfctl_wire::lock::{Lock, Locked};

use super::shelf::Owner;
use super::{Shelf, dir_option};
use crate::assets;
use crate::error::CommandError;
use crate::own::OWN;
use crate::settings::{Loaded, user_dir};

/// Refuses a plugin with a rule of another one of this directory.
pub(crate) fn refuse_taken_in(shelf: &Shelf, new: &Locked) -> Result<(), CommandError> {
    match first_taken(shelf, new) {
        Some((owner, rules)) => Err(refusal(shelf, &owner, &rules, new)),
        None => Ok(()),
    }
}

/// Refuses a plugin with a rule of another one, of its directory or of one that every run of this user reads beside it. Where one of the two
/// directories is a repository's, they meet in that repository alone, and other people have one of them only: a sentence says so then.
pub(crate) fn refuse_taken(
    shelf: &Shelf,
    loaded: &Loaded,
    new: &Locked,
) -> Result<Vec<String>, CommandError> {
    refuse_taken_in(shelf, new)?;
    let real = |dir: &Path| std::fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let dir = real(&shelf.dir);
    let layers = assets::layers(loaded);
    let is_read_everywhere = layers
        .iter()
        .any(|(layer, path)| !matches!(layer, Layer::Repository(_)) && real(path) == dir);
    let is_repositorys = !is_read_everywhere && dir.file_name().is_some_and(|name| name == OWN);
    let mut notes = Vec::new();
    for (layer, beside) in layers {
        // No run reads the directories of two repositories.
        let is_anothers = is_repositorys && matches!(layer, Layer::Repository(_));
        if real(&beside) == dir || is_anothers {
            continue;
        }
        let beside = Shelf::open(&beside)?;
        let Some((owner, rules)) = first_taken(&beside, new) else {
            continue;
        };
        // What is read first keeps its rules: the user's, then the organisation's, then the repository's.
        let keeps = match (&layer, is_repositorys) {
            (Layer::Repository(_), _) => &new.id,
            (_, true) => &owner.id,
            _ => return Err(refusal(&beside, &owner, &rules, new)),
        };
        notes.push(format!(
            "note: `{}` ({}) has {} as well: a run that reads both takes {} from `{keeps}`, and ends with an error of PERFCTL-PACK until one of them goes",
            owner.id,
            owner.path.display(),
            listed(&rules),
            them(&rules),
        ));
    }
    Ok(notes)
}

/// The rule that a plugin of `placed` and another of the lock both have, with the other's id.
pub(super) fn twice<'l>(lock: &'l Lock, placed: &Locked) -> Option<(&'l RuleId, &'l str)> {
    let mut others = lock.plugins.iter().filter(|one| one.id != placed.id);
    others.find_map(|other| {
        let mut rules = other.rules.iter();
        let rule = rules.find(|rule| placed.rules.contains(rule))?;
        Some((rule, other.id.as_str()))
    })
}

/// The first plugin of a directory that has rules of `new` under another id, with these rules.
fn first_taken(shelf: &Shelf, new: &Locked) -> Option<(Owner, Vec<RuleId>)> {
    let owners = shelf.owners().into_iter();
    let mut others = owners.filter(|owner| owner.id != new.id);
    others.find_map(|owner| {
        let is_taken = |rule: &&RuleId| owner.rules.contains(rule);
        let rules: Vec<RuleId> = new.rules.iter().filter(is_taken).cloned().collect();
        (!rules.is_empty()).then_some((owner, rules))
    })
}

fn refusal(shelf: &Shelf, owner: &Owner, rules: &[RuleId], new: &Locked) -> CommandError {
    let are = match rules.len() {
        1 => "is",
        _ => "are",
    };
    let error = CommandError::usage(format!(
        "{} of `{}` {are} of the plugin `{}` already ({}): a plugin does not take another one's rules, and nothing was changed",
        listed(rules),
        new.id,
        owner.id,
        owner.path.display()
    ));
    if !owner.is_locked {
        return error.hint("move that file away, and add this one then");
    }
    // A plugin that is there already and brings a new rule may have got it from the other.
    let error = match shelf.locked().iter().any(|plugin| plugin.id == new.id) {
        true => error.hint(format!(
            "where the new `{}` has given {} away, `perfctl plugin update {0} {}{}` takes both at once",
            owner.id,
            them(rules),
            new.id,
            dir_option(shelf)
        )),
        false => error,
    };
    let remove = format!(
        "`perfctl plugin remove {}{}` makes room for it",
        owner.id,
        dir_option(shelf)
    );
    // Every run reads the user's own directory, whatever else it reads.
    error.hint(match is_users(&shelf.dir) {
        true => remove,
        false => format!(
            "{remove}; two plugins with the same rules are used in different directories, each with `--config DIR`"
        ),
    })
}

fn is_users(dir: &Path) -> bool {
    let real = |dir: PathBuf| std::fs::canonicalize(&dir).unwrap_or(dir);
    user_dir().is_some_and(|own| real(own) == real(dir.to_owned()))
}

fn listed(rules: &[RuleId]) -> String {
    let word = match rules.len() {
        1 => "the rule",
        _ => "the rules",
    };
    let ids: Vec<&str> = rules.iter().map(RuleId::as_str).collect();
    format!("{word} {}", ids.join(", "))
}

fn them(rules: &[RuleId]) -> &'static str {
    match rules.len() {
        1 => "it",
        _ => "them",
    }
}
