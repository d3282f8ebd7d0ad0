//! What the repository puts on objects that its classes do not speak of, wherever that happens: `app.state.pool = create_pool()` in one
//! file is what `request.app.state.pool` is in all others.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::resolve::{Value, instance_class};
use super::{FileId, Repo};
use crate::model::index::TextId;
use perfctl_core::path_class::PathClass;
use perfctl_core::seams::Stop;

/// The most values of one attribute that are kept; one with more is whatever there is.
const MOST: usize = 8;

/// Paths of values, each in the file that it was written in.
type Given = SmallVec<[(FileId, TextId); 1]>;

/// Values by attribute and owner.
#[derive(Debug, Default)]
pub struct Put {
    by_name: FxHashMap<Box<str>, FxHashMap<Value, Given>>,
}

impl Put {
    /// The attributes alone.
    pub(super) fn names(files: &[super::CodeFile]) -> Self {
        let names: FxHashSet<&str> = files
            .iter()
            .flat_map(|file| file.index.put.iter().map(|row| file.text(row.name)))
            .collect();
        let by_name = names
            .into_iter()
            .map(|name| (name.into(), FxHashMap::default()));
        Self {
            by_name: by_name.collect(),
        }
    }

    /// Follows what `repo` puts on what. Tests put stand-ins.
    pub(super) fn new(repo: &Repo, stop: &dyn Stop) -> Self {
        let mut put = Self::default();
        for file in repo.ids() {
            let code = repo.file(file);
            if code.class == PathClass::Test || stop.requested() {
                continue;
            }
            for row in &code.index.put {
                for owner in repo.meaning(file, row.owner) {
                    let Some(owner) = owner_of(owner) else {
                        continue;
                    };
                    let owners = put.by_name.entry(code.text(row.name).into()).or_default();
                    let slot = owners.entry(owner).or_default();
                    if slot.len() <= MOST && !slot.contains(&(file, row.value)) {
                        slot.push((file, row.value));
                    }
                }
            }
        }
        put
    }

    /// Whether anything is put anywhere under this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// What is put on `owner` as `name`; empty where nothing is known, or where it may be anything.
    pub(super) fn on(&self, owner: &Value, name: &str) -> &[(FileId, TextId)] {
        let given = || self.by_name.get(name)?.get(&owner_of(owner)?);
        given()
            .filter(|given| given.len() <= MOST)
            .map_or(&[], SmallVec::as_slice)
    }
}

/// What attributes belong to: what is put on one instance of a class is on all of them.
fn owner_of(value: &Value) -> Option<Value> {
    match value {
        Value::Library(path) => {
            let owner = instance_class(path).unwrap_or(path);
            (!path.starts_with('%')).then(|| Value::Library(owner.into()))
        }
        Value::Class(file, at) | Value::Instance(file, at) => Some(Value::Instance(*file, *at)),
        Value::Module(_) | Value::Object(..) => Some(value.clone()),
        _ => None,
    }
}
