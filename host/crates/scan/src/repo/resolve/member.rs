//! Attributes and methods of classes, their own and inherited.

use smallvec::{SmallVec, smallvec};

use super::steps::Step;
use super::{DEEPEST, MOST_ASKED, Meanings, Value};
use crate::lower::Language;
use crate::model::path::MOST_ALTERNATIVES;
use crate::repo::modules::directory;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

impl Repo {
    /// An attribute or method, of the class or of what it inherits from.
    pub(super) fn member(&self, file: FileId, class: u32, name: &str, depth: u8) -> Meanings {
        self.member_of((file, class), name, depth, &mut SmallVec::new())
    }

    fn member_of(
        &self,
        (file, class): (FileId, u32),
        name: &str,
        depth: u8,
        asked: &mut SmallVec<[(FileId, u32); 4]>,
    ) -> Meanings {
        if depth >= DEEPEST || asked.len() >= MOST_ASKED || asked.contains(&(file, class)) {
            return smallvec![Value::Unknown];
        }
        asked.push((file, class));
        let row = &self.file(file).index.classes[class as usize];
        if let Some(at) = row.methods.get(name) {
            let function = &self.file(file).index.functions[*at as usize];
            let property = function.decorators.iter().any(|text| {
                let text = self.file(file).text(*text);
                text.ends_with("property") || text.ends_with("declared_attr")
            });
            if property {
                return self.all(file, &function.returns, depth + 1);
            }
            return smallvec![Value::Function(file, *at)];
        }
        if let Some(values) = row.attributes.get(name) {
            let found = self.all(file, values, depth + 1);
            if found.as_slice() != [Value::Unknown] {
                return found;
            }
        }
        // A Go method may stand in another file of the package, and goes before those of what the struct embeds.
        if let Some(found) = self.in_other_file(file, class, name) {
            return smallvec![found];
        }
        for base in &row.bases {
            for value in self.meaning_at(file, *base, depth + 1) {
                let found = match value {
                    Value::Class(file, at) => self.member_of((*file, *at), name, depth + 1, asked),
                    // What a library's class has is not known: what the instance passes on is asked first.
                    Value::Library(path) => match self.delegated((file, class), name, depth, asked)
                    {
                        Some(found) => found,
                        None => smallvec![self.library(&format!("{path}()"), Step::Attr(name))],
                    },
                    _ => continue,
                };
                if found.as_slice() != [Value::Unknown] {
                    return found;
                }
            }
        }
        self.delegated((file, class), name, depth, asked)
            .unwrap_or_else(|| smallvec![Value::Unknown])
    }

    /// An attribute that instances of a class take from what they hold.
    fn delegated(
        &self,
        (file, class): (FileId, u32),
        name: &str,
        depth: u8,
        asked: &mut SmallVec<[(FileId, u32); 4]>,
    ) -> Option<Meanings> {
        let row = &self.file(file).index.classes[class as usize];
        let mut all = Meanings::new();
        for value in self.all(file, &row.delegates, depth + 1) {
            let found = match value {
                Value::Instance(file, at) => self.member_of((file, at), name, depth + 1, asked),
                Value::Library(path) => smallvec![self.library(&path, Step::Attr(name))],
                _ => continue,
            };
            for value in found {
                if value != Value::Unknown && !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// A method of a Go type that stands in another file of its package.
    fn in_other_file(&self, file: FileId, class: u32, name: &str) -> Option<Value> {
        let code = self.file(file);
        if code.language != Language::Go {
            return None;
        }
        let owner = code.text(code.index.classes[class as usize].name);
        for id in self.modules.files_in(directory(&code.path)) {
            let index = &self.file(*id).index;
            let is_wanted = |at: &u32| {
                let symbol = self.file(*id).text(index.functions[*at as usize].symbol);
                symbol
                    .strip_prefix(owner)
                    .and_then(|rest| rest.strip_prefix('.'))
                    == Some(name)
            };
            if let Some(at) = index.functions_by_node.values().find(|at| is_wanted(at)) {
                return Some(Value::Function(*id, *at));
            }
        }
        None
    }

    /// A property of an object literal: its own, else of what it takes over. Of one that says nothing the shape is left.
    pub(super) fn property(&self, file: FileId, object: NodeId, name: &str, depth: u8) -> Meanings {
        self.property_of((file, object), name, depth, &mut SmallVec::new())
            .unwrap_or_else(|| smallvec![self.library("%dict", Step::Attr(name))])
    }

    fn property_of(
        &self,
        (file, object): (FileId, NodeId),
        name: &str,
        depth: u8,
        asked: &mut SmallVec<[(FileId, NodeId); 4]>,
    ) -> Option<Meanings> {
        if depth >= DEEPEST || asked.len() >= MOST_ASKED || asked.contains(&(file, object)) {
            return None;
        }
        asked.push((file, object));
        let row = self.file(file).index.objects.get(&object)?;
        if let Some(values) = row.properties.get(name) {
            let found = self.all(file, values, depth + 1);
            return (found.as_slice() != [Value::Unknown]).then_some(found);
        }
        let taken_over = row
            .spread
            .iter()
            .flat_map(|text| self.meaning_at(file, *text, depth + 1));
        for value in taken_over {
            let found = match value {
                Value::Object(file, object) => {
                    self.property_of((*file, *object), name, depth + 1, asked)
                }
                Value::Module(file) => Some(self.module_name(*file, name, depth + 1)),
                _ => None,
            };
            if let Some(found) = found.filter(|found| found.as_slice() != [Value::Unknown]) {
                return Some(found);
            }
        }
        row.is_loaded
            .then(|| self.loaded(file, name, depth + 1))
            .flatten()
    }

    /// Any property of an object literal: `handlers[event.type]`.
    pub(super) fn properties(&self, file: FileId, object: NodeId, depth: u8) -> Meanings {
        let Some(row) = self.file(file).index.objects.get(&object) else {
            return smallvec![Value::Unknown];
        };
        let mut all = Meanings::new();
        for values in row.properties.values() {
            for value in self.all(file, values, depth + 1) {
                if value != Value::Unknown && !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        if all.is_empty() || all.len() > MOST_ALTERNATIVES {
            return smallvec![Value::Unknown];
        }
        all
    }
}
