//! All checklists that there are, and what a recipe takes of them.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::checklist::{Checklist, EvidenceItem};
use perfctl_core::ids::RuleId;

use super::ChecklistFile;
use crate::table::Refusal;

/// Checklists by name; of those that cannot be read, why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    files: BTreeMap<String, Result<ChecklistFile, String>>,
}

impl Shelf {
    /// Puts a checklist there; one of the same name goes.
    pub fn put(&mut self, name: &str, file: Result<ChecklistFile, String>) {
        self.files.insert(name.to_owned(), file);
    }

    /// The checklists that can be read, by name.
    pub fn readable(&self) -> impl Iterator<Item = &ChecklistFile> {
        self.files.values().filter_map(|file| file.as_ref().ok())
    }

    /// What `NAME` or `NAME/SECTION` means.
    pub(crate) fn take(&self, written: &str) -> Result<Checklist, Refusal> {
        let (name, section) = match written.split_once('/') {
            Some((name, section)) => (name, Some(section)),
            None => (written, None),
        };
        let Some(file) = self.files.get(name) else {
            let refusal = Refusal::new(format!("no checklist is called `{name}`"));
            return Err(refusal.advise(name, self.files.keys().map(String::as_str)));
        };
        let file = file.as_ref().map_err(|why| {
            Refusal::new(format!("checklist `{name}` cannot be read")).hint(why.clone())
        })?;
        let mut taken = file.checklist.clone();
        if let Some(section) = section {
            let ids: Vec<String> = taken.sections.iter().map(|one| one.id.clone()).collect();
            taken.sections.retain(|one| one.id == section);
            if taken.sections.is_empty() {
                let refusal =
                    Refusal::new(format!("checklist `{name}` has no section `{section}`"));
                let known = ids.iter().map(String::as_str).filter(|id| !id.is_empty());
                return Err(refusal.advise(section, known));
            }
        }
        Ok(taken)
    }

    /// The items of `checklists` that no rule owns, by id. A pack may name those that another defines.
    pub(crate) fn evidence(&self, checklists: &[Checklist]) -> Vec<EvidenceItem> {
        let named: BTreeSet<&RuleId> = checklists.iter().flat_map(Checklist::ids).collect();
        let all = self.readable().flat_map(|file| &file.items);
        let found: BTreeMap<&RuleId, &EvidenceItem> = all
            .filter(|item| named.contains(&item.id))
            .map(|item| (&item.id, item))
            .collect();
        found.into_values().cloned().collect()
    }
}

/// Adds a checklist or sections of one to those taken already, each section once and in the order in which they are named.
pub(crate) fn add(taken: Checklist, to: &mut Vec<Checklist>) {
    match to.iter_mut().find(|other| other.name == taken.name) {
        Some(other) => {
            for section in taken.sections {
                if !other.sections.contains(&section) {
                    other.sections.push(section);
                }
            }
        }
        None => to.push(taken),
    }
}
