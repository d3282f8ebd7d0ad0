//! Objects that are filled at run time with what the files of a directory hold: the models of an application by name.

use smallvec::smallvec;

use perfctl_core::path_class::PathClass;

use super::steps::Step;
use super::{DEEPEST, MOST_ALTERNATIVES, MOST_ASKED, Meanings, Value};
use crate::repo::modules::directory;
use crate::repo::{FileId, Repo};

impl Repo {
    /// What an object of `file` has as `name` when it is filled with what the files beside `file` export, or what comes of calling that:
    /// what is called so, or comes from a file called so; else what all of them are.
    pub(super) fn loaded(&self, file: FileId, name: &str, depth: u8) -> Option<Meanings> {
        if depth >= DEEPEST {
            return None;
        }
        let mut all = Meanings::new();
        let beside = self.modules.files_in(directory(&self.file(file).path));
        for id in beside.iter().filter(|id| **id != file).take(MOST_ASKED) {
            let code = self.file(*id);
            if !code.language.is_javascript() || code.class == PathClass::Test {
                continue;
            }
            let stem = code.path.rsplit('/').next().unwrap_or_default();
            let stem = stem.split('.').next().unwrap_or_default();
            for value in self.given_by(*id, depth + 1) {
                let is_called = match &value {
                    Value::Class(of, at) => {
                        let class = &self.file(*of).index.classes[*at as usize];
                        self.file(*of).text(class.name) == name
                    }
                    _ => false,
                };
                if is_called || stem.eq_ignore_ascii_case(name) {
                    return Some(smallvec![value]);
                }
                if !all.contains(&value) && all.len() <= MOST_ALTERNATIVES {
                    all.push(value);
                }
            }
        }
        (all.len() == 1).then_some(all)
    }

    /// What the modules export that `pattern` may name in `file`.
    pub(super) fn any_of(&self, file: FileId, pattern: &str, depth: u8) -> Meanings {
        let mut all = Meanings::new();
        for id in self.modules.matching(pattern, &self.file(file).path) {
            if id == file || self.file(id).class == PathClass::Test {
                continue;
            }
            let exported = self.own_name(id, "default", depth + 1);
            for value in exported.unwrap_or_else(|| smallvec![Value::Module(id)]) {
                if value != Value::Unknown && !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        if all.is_empty() {
            all.push(Value::Unknown);
        }
        all
    }

    /// What a module exports as a whole, or what its function makes where it exports one: `module.exports = (sequelize) => sequelize.define(...)`.
    fn given_by(&self, file: FileId, depth: u8) -> Meanings {
        let exported = self.own_name(file, "default", depth).unwrap_or_default();
        let given = exported.into_iter().flat_map(|value| match value {
            Value::Function(..) => self.step(&value, Step::Call(None), depth),
            _ => smallvec![value],
        });
        given.filter(|value| *value != Value::Unknown).collect()
    }
}
