//! Attributes and methods of classes, their own and inherited.

use smallvec::{SmallVec, smallvec};

use super::rows::own_all;
use super::steps::Step;
use super::{DEEPEST, MOST_ASKED, Meanings, Value};
use crate::lower::Language;
use crate::model::index::ObjectKind;
use crate::model::path::MOST_ALTERNATIVES;
use crate::repo::modules::directory;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

/// Whether a class is a base for what it says of others alone: it has nothing that an instance would be asked for.
pub(super) fn is_marker(path: &str) -> bool {
    matches!(
        path,
        "typing.Protocol"
            | "typing.Generic"
            | "typing_extensions.Protocol"
            | "abc.ABC"
            | "builtins.object"
    )
}

impl Repo {
    /// An attribute or method, of the class or of what it inherits from. What classes of the repository have is certain; of a library's
    /// class it is not known whether it has such a thing, so that it is asked when no other has.
    pub(super) fn member(&self, file: FileId, class: u32, name: &str, depth: u8) -> Meanings {
        let mut libraries = SmallVec::new();
        let mut found = self.member_of(
            (file, class),
            name,
            depth,
            &mut SmallVec::new(),
            &mut libraries,
        );
        // A property, or an attribute, that is annotated with `Self`.
        if let Some(found) = &mut found {
            own_all(found, (file, class));
        }
        found
            .or_else(|| Some(smallvec![self.of_libraries(&libraries, name)?]))
            .unwrap_or_else(|| smallvec![Value::Unknown])
    }

    /// What an instance of the first of these classes has as `name`; of the first that facts know to have it, where one is.
    fn of_libraries(&self, libraries: &[&str], name: &str) -> Option<Value> {
        let of = |class: &str| {
            let made = self.library(class, Step::Call(None));
            match &made {
                Value::Library(path) => self.library(path, Step::Attr(name)),
                _ => made,
            }
        };
        let is_known = |value: &Value| match value {
            Value::Library(path) => self.facts.get(path).is_some(),
            _ => false,
        };
        let mut others = libraries.iter().map(|class| of(class));
        let first = others.next()?;
        if libraries.len() == 1 || is_known(&first) {
            return Some(first);
        }
        Some(others.find(is_known).unwrap_or(first))
    }

    /// The same without libraries' classes, which are collected in the order of inheritance.
    fn member_of<'r>(
        &'r self,
        (file, class): (FileId, u32),
        name: &str,
        depth: u8,
        asked: &mut SmallVec<[(FileId, u32); 4]>,
        libraries: &mut SmallVec<[&'r str; 2]>,
    ) -> Option<Meanings> {
        if depth >= DEEPEST || asked.len() >= MOST_ASKED || asked.contains(&(file, class)) {
            return None;
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
                return Some(self.all(file, &function.returns, depth + 1));
            }
            return Some(smallvec![Value::Function(file, *at)]);
        }
        if let Some(values) = row.attributes.get(name) {
            let found = self.all(file, values, depth + 1);
            if found.as_slice() != [Value::Unknown] {
                return Some(found);
            }
        }
        // A Go method may stand in another file of the package, and goes before those of what the struct embeds.
        if let Some(found) = self.in_other_file(file, class, name) {
            return Some(smallvec![found]);
        }
        for base in &row.bases {
            for value in self.meaning_at(file, *base, depth + 1) {
                match value {
                    Value::Class(file, at) => {
                        let above = (*file, *at);
                        let found = self.member_of(above, name, depth + 1, asked, libraries);
                        if found
                            .as_deref()
                            .is_some_and(|found| *found != [Value::Unknown])
                        {
                            return found;
                        }
                    }
                    Value::Library(path) if !is_marker(path) => libraries.push(path),
                    _ => {}
                }
            }
        }
        self.delegated((file, class), name, depth, asked, libraries)
    }

    /// An attribute that instances of a class take from what they hold.
    fn delegated<'r>(
        &'r self,
        (file, class): (FileId, u32),
        name: &str,
        depth: u8,
        asked: &mut SmallVec<[(FileId, u32); 4]>,
        libraries: &mut SmallVec<[&'r str; 2]>,
    ) -> Option<Meanings> {
        let row = &self.file(file).index.classes[class as usize];
        let mut all = Meanings::new();
        for value in self.all(file, &row.delegates, depth + 1) {
            let found = match value {
                Value::Instance(file, at) => {
                    self.member_of((file, at), name, depth + 1, asked, libraries)
                }
                Value::Library(path) => Some(smallvec![self.library(&path, Step::Attr(name))]),
                _ => None,
            };
            for value in found.into_iter().flatten() {
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
            .unwrap_or_else(|| smallvec![self.library(self.shape(file, object), Step::Attr(name))])
    }

    /// What an object of `file` is whose parts are known.
    pub(super) fn shape(&self, file: FileId, object: NodeId) -> &'static str {
        let row = self.file(file).index.objects.get(&object);
        match row.map_or(ObjectKind::Object, |row| row.kind) {
            ObjectKind::Tuple => "%tuple",
            ObjectKind::List => "%list",
            ObjectKind::Object | ObjectKind::Dict => "%dict",
        }
    }

    /// What stands in a tuple at a position.
    pub(super) fn item(&self, file: FileId, tuple: NodeId, name: &str, depth: u8) -> Meanings {
        self.property_of((file, tuple), name, depth, &mut SmallVec::new())
            .unwrap_or_else(|| smallvec![Value::Unknown])
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

    /// Any property of an object literal: `handlers[event.type]`. Of the repository's own things there may be very many.
    pub(super) fn properties(&self, file: FileId, object: NodeId, depth: u8) -> Meanings {
        let mut all = Meanings::new();
        self.collect((file, object), depth, &mut SmallVec::new(), &mut all);
        let is_own = |value: &Value| {
            matches!(
                value,
                Value::Function(..) | Value::Class(..) | Value::Instance(..) | Value::Object(..)
            )
        };
        let most = match all.iter().all(is_own) {
            true => MOST_IN_TABLE,
            false => MOST_ALTERNATIVES,
        };
        if all.is_empty() || all.len() > most {
            return smallvec![Value::Unknown];
        }
        all
    }

    fn collect(
        &self,
        (file, object): (FileId, NodeId),
        depth: u8,
        asked: &mut SmallVec<[(FileId, NodeId); 4]>,
        all: &mut Meanings,
    ) {
        if depth >= DEEPEST || asked.len() >= MOST_ASKED || asked.contains(&(file, object)) {
            return;
        }
        asked.push((file, object));
        let Some(row) = self.file(file).index.objects.get(&object) else {
            return;
        };
        for values in row.properties.values() {
            for value in self.all(file, values, depth + 1) {
                if value != Value::Unknown && !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        for text in &row.spread {
            for value in self.meaning_at(file, *text, depth + 1) {
                if let Value::Object(file, object) = value {
                    self.collect((*file, *object), depth + 1, asked, all);
                }
            }
        }
    }
}

/// The most things of one table that are told apart.
const MOST_IN_TABLE: usize = 64;
