//! From the symbolic path of one file to what it means in the whole repository.
//!
//! A path is followed link by link: through imports into other files, through functions to what they return, through
//! instances to attributes and base classes, and out of the repository to a library's canonical path.

mod describe;
mod generic;
mod library_class;
mod loaded;
mod member;
mod put;
mod rows;
mod steps;
mod tables;

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use smallvec::{SmallVec, smallvec};

use super::modules::Target;
use super::{FileId, Repo};
use crate::model::index::{ArgKey, TextId, Values};
use crate::model::path::MOST_ALTERNATIVES;
use crate::tree::NodeId;
use steps::{Step, entering, is_item};

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing is known.
    Unknown,
    /// Something outside the repository, by canonical path: `requests.Session.get`, `builtins.open`, `%dict.get`.
    /// An instance of a class ends in `()`.
    Library(Box<str>),
    /// A file as a module.
    Module(FileId),
    /// A directory as a package.
    Package(Box<str>),
    /// A function, by index.
    Function(FileId, u32),
    /// A class, by index.
    Class(FileId, u32),
    /// An instance of a class.
    Instance(FileId, u32),
    /// A collection of instances of a class.
    Collection(FileId, u32),
    /// An object literal, by its node.
    Object(FileId, NodeId),
    /// A parameter of which no annotation or default says anything.
    Param(FileId, NodeId),
}

/// What a path may mean; more than four alternatives are unknown.
pub type Meanings = SmallVec<[Value; 2]>;

/// `<0:1>` as an argument's position and a parameter's, see [`crate::model::path::Link::Handed`].
fn handed(name: &str) -> Option<(usize, u16)> {
    let (argument, param) = name.strip_prefix('<')?.strip_suffix('>')?.split_once(':')?;
    Some((argument.parse().ok()?, param.parse().ok()?))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// How many files, functions and attributes are followed for one path.
pub(super) const DEEPEST: u8 = 12;

/// How many classes are asked for one attribute, and how many modules for one name: they may all name each other.
const MOST_ASKED: usize = 128;

impl Repo {
    /// What the path `text` of `file` means.
    pub fn meaning(&self, file: FileId, text: TextId) -> &[Value] {
        self.meaning_at(file, text, 0)
    }

    fn meaning_at(&self, file: FileId, text: TextId, depth: u8) -> &[Value] {
        let slot = &self.file(file).resolved[text.0 as usize];
        if let Some(known) = slot.get() {
            return known;
        }
        // While the repository is being linked, by one thread, of what depends on links that are not known only that is remembered.
        let pending = || self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_linked && pending().contains(&(file, text)) {
            self.needs_links.store(true, Ordering::Relaxed);
            return &[];
        }
        let before = !self.is_linked && self.needs_links.swap(false, Ordering::Relaxed);
        let found = self.follow(file, self.file(file).text(text), depth);
        if !self.is_linked && self.needs_links.fetch_or(before, Ordering::Relaxed) {
            pending().insert((file, text));
            return &[];
        }
        // The answer that is ready first stays: within a cycle the inner one, which went less far.
        let _ = slot.set(found.into_vec().into_boxed_slice());
        slot.get().map_or(&[], |known| known)
    }

    /// What a path written in `file` means; see [`crate::model::path`] for the syntax.
    pub fn follow(&self, file: FileId, text: &str, depth: u8) -> Meanings {
        #[cfg(test)]
        tests::FOLLOWED.set(tests::FOLLOWED.get() + 1);
        if depth >= DEEPEST {
            return smallvec![Value::Unknown];
        }
        if text.starts_with('.')
            && let Some((pattern, rest)) = text.split_once('|')
            && pattern.contains('*')
        {
            return self.steps(file, self.any_of(file, pattern, depth), rest, depth);
        }
        let Some((root, rest)) = self.root(file, text) else {
            return smallvec![Value::Unknown];
        };
        let all: Meanings = match root {
            Value::Param(of, node) => self.given(of, node, depth),
            root => smallvec![root],
        };
        if rest.is_empty()
            && let [Value::Module(of)] = all.as_slice()
            && *of != file
            && self.file(*of).language.is_javascript()
            && let Some(default) = self.own_name(*of, "default", depth)
        {
            // `require("./x")` is what the file puts into `module.exports`.
            return default;
        }
        self.steps(file, all, rest, depth)
    }

    /// What a parameter is, by what the calls of its function hand it; the parameter itself when they do not tell.
    fn given(&self, file: FileId, param: NodeId, depth: u8) -> Meanings {
        let itself = smallvec![Value::Param(file, param)];
        let Some(flows) = &self.flows else {
            self.needs_links.store(true, Ordering::Relaxed);
            return itself;
        };
        let mut all = Meanings::new();
        for (from, text) in flows.given(file, param) {
            for value in self.meaning_at(*from, *text, depth + 1) {
                if !matches!(value, Value::Unknown | Value::Param(..)) && !all.contains(value) {
                    all.push(value.clone());
                }
            }
        }
        if all.is_empty()
            && let Some(path) = self.by_name(file, param)
        {
            return smallvec![Value::Library(path.into())];
        }
        if all.is_empty() || all.len() > MOST_ALTERNATIVES {
            itself
        } else {
            all
        }
    }

    /// What facts say of a parameter by its name.
    fn by_name(&self, file: FileId, param: NodeId) -> Option<&str> {
        if !self.facts.knows_parameters() {
            return None;
        }
        let code = self.file(file);
        let mut all = code.index.functions.iter().flat_map(|row| &row.params);
        let (_, name, _) = all.find(|(node, _, _)| *node == param)?;
        self.facts.parameter(code.text(*name), code.language)
    }

    /// The root of a path and what is left of the text.
    pub(super) fn root<'p>(&self, file: FileId, text: &'p str) -> Option<(Value, &'p str)> {
        let numbered = |prefix: &str| {
            let rest = text.strip_prefix(prefix)?;
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let node: u32 = rest[..end].parse().ok()?;
            Some((NodeId(node), &rest[end..]))
        };
        if let Some((node, rest)) = numbered("%dict#") {
            return Some((Value::Object(file, node), rest));
        }
        if text.starts_with('%') || text.starts_with("builtins|") {
            let text = text
                .strip_prefix("builtins|")
                .map_or((text, ""), |rest| (rest, self.global_root(file)));
            let (word, rest) = text
                .0
                .split_at(text.0.find(['.', '(', '[']).unwrap_or(text.0.len()));
            if !text.1.is_empty()
                && let Some(found) = self.sibling(file, word)
            {
                return Some((found, rest));
            }
            if text.1 == "global."
                && let Some(global) = self.global_with(word)
            {
                return Some((global, text.0));
            }
            return Some((Value::Library(format!("{}{word}", text.1).into()), rest));
        }
        if let Some(rest) = text.strip_prefix("here|") {
            return Some((Value::Module(file), rest));
        }
        if let Some((node, rest)) = numbered("here#") {
            let index = &self.file(file).index;
            if let Some(function) = index.functions_by_node.get(&node) {
                return Some((Value::Function(file, *function), rest));
            }
            let class = index.classes.iter().position(|class| class.node == node)?;
            return Some((Value::Class(file, class as u32), rest));
        }
        if let Some((node, rest)) = numbered("$") {
            return Some((Value::Param(file, node), rest));
        }
        let (module, rest) = text.split_once('|')?;
        let code = self.file(file);
        Some(
            match self
                .modules
                .find(module, &code.path, code.language, &self.facts)
            {
                Some(Target::File(id)) => (Value::Module(id), rest),
                Some(Target::Directory(dir)) => (Value::Package(dir), rest),
                // `from data import rows`, where `data` is a directory without `__init__.py` that holds `rows.py`.
                None if code.language == crate::lower::Language::Python
                    && let Some(dir) = self.modules.namespace(module, rest, &code.path) =>
                {
                    (Value::Package(dir), rest)
                }
                None => {
                    // The default export of a library is the library for every reader of names: `import axios from "axios"`.
                    let by_default = rest
                        .strip_prefix("default")
                        .filter(|rest| code.language.is_javascript() && !rest.starts_with(is_word));
                    (
                        Value::Library(module.strip_prefix("node:").unwrap_or(module).into()),
                        by_default.unwrap_or(rest),
                    )
                }
            },
        )
    }

    fn global_root(&self, file: FileId) -> &'static str {
        match self.file(file).language {
            crate::lower::Language::Python => "builtins.",
            crate::lower::Language::Go => "builtin.",
            _ => "global.",
        }
    }

    /// A name that a Go file takes from another file of its package.
    fn sibling(&self, file: FileId, name: &str) -> Option<Value> {
        let code = self.file(file);
        if code.language != crate::lower::Language::Go {
            return None;
        }
        let dir = super::modules::directory(&code.path);
        self.in_package(dir, name, 0)
            .filter(|found| *found != Value::Unknown)
    }

    /// What `name` is in a Go package, whose files share their names; those of other languages do not.
    fn in_package(&self, dir: &str, name: &str, depth: u8) -> Option<Value> {
        let files = self
            .modules
            .files_in(dir)
            .iter()
            .filter(|id| self.file(**id).language == crate::lower::Language::Go);
        let mut found = files.filter_map(|id| self.own_name(*id, name, depth)?.into_iter().next());
        found.next()
    }

    fn step(&self, value: &Value, step: Step<'_>, depth: u8) -> Meanings {
        if let Step::Attr(name) = step
            && let Some(methods) = entering(name)
        {
            return match value {
                Value::Instance(file, at) => self.entered(*file, *at, methods, depth),
                _ => smallvec![value.clone()],
            };
        }
        match (value, step) {
            (Value::Object(file, node), Step::Attr(name)) if is_item(name) => {
                self.item(*file, *node, name, depth + 1)
            }
            (_, Step::Attr(name)) if is_item(name) => self.step(value, Step::Element, depth),
            (Value::Library(path), Step::Attr(name)) => self
                .put_on(value, name, depth)
                .unwrap_or_else(|| smallvec![self.library(path, step)]),
            (Value::Library(path), step) => smallvec![self.library(path, step)],
            (Value::Module(file), Step::Attr("default"))
                if self.file(*file).language.is_javascript() =>
            {
                match self.own_name(*file, "default", depth) {
                    Some(found) => found,
                    // A module that exports by name only is what its default import gives, as bundlers have it.
                    None => smallvec![value.clone()],
                }
            }
            (Value::Module(file), Step::Attr(name)) => {
                let found = self.module_name(*file, name, depth);
                self.known_or_put(found, value, name, depth)
            }
            (Value::Module(file), Step::Call(_) | Step::Element) => {
                // A default import that is called: the module stands for its default export.
                let default = self.module_name(*file, "default", depth);
                default
                    .iter()
                    .flat_map(|value| self.step(value, step, depth + 1))
                    .collect()
            }
            (Value::Package(dir), Step::Attr(name)) => {
                match self.in_package(dir, name, depth + 1) {
                    Some(found) => smallvec![found],
                    None => match self.modules.child(dir, name) {
                        Some(Target::File(id)) => smallvec![Value::Module(id)],
                        Some(Target::Directory(dir)) => smallvec![Value::Package(dir)],
                        None => smallvec![Value::Unknown],
                    },
                }
            }
            (Value::Function(file, at), Step::Call(_)) => {
                let row = &self.file(*file).index.functions[*at as usize];
                self.all(*file, &row.returns, depth + 1)
            }
            (Value::Function(file, at), Step::Attr(name)) => match handed(name) {
                Some((argument, position)) => self.passed(*file, *at, argument, position, depth),
                None => self.decorated(*file, *at, name, depth),
            },
            (Value::Class(file, at), Step::Call(_)) => smallvec![Value::Instance(*file, *at)],
            (Value::Class(file, at) | Value::Instance(file, at), Step::Attr(name)) => {
                let found = self.member(*file, *at, name, depth + 1);
                self.known_or_put(found, value, name, depth)
            }
            (Value::Object(file, node), Step::Attr(name)) => {
                let found = self.property(*file, *node, name, depth + 1);
                self.known_or_put(found, value, name, depth)
            }
            (Value::Object(file, node), Step::Element) => self.properties(*file, *node, depth + 1),
            (Value::Object(..), Step::Call(_)) => {
                let all = self.chosen(value).unwrap_or_default();
                all.iter()
                    .flat_map(|value| self.step(value, step, depth + 1))
                    .collect()
            }
            (Value::Object(..), Step::Many) => smallvec![Value::Library("%list".into())],
            (Value::Instance(file, at), Step::Many) => smallvec![Value::Collection(*file, *at)],
            (Value::Collection(file, at), Step::Element) => smallvec![Value::Instance(*file, *at)],
            (Value::Collection(..), Step::Attr(_)) => smallvec![self.library("%list", step)],
            (Value::Instance(file, at), Step::Call(_)) => {
                let call = self.member(*file, *at, "__call__", depth + 1);
                call.iter()
                    .flat_map(|value| self.step(value, step, depth + 1))
                    .collect()
            }
            _ => smallvec![Value::Unknown],
        }
    }

    /// A step in a library: joined to the path, then named as the facts name it.
    fn library(&self, path: &str, step: Step<'_>) -> Value {
        let mut text = String::with_capacity(path.len() + 16);
        match step {
            Step::Attr(name) if handed(name).is_some() => {
                // Only facts know what a library passes to a function that it is handed.
                let named = format!("{}.{name}", instance_class(path).unwrap_or(path));
                return self
                    .facts
                    .rewrite(&named)
                    .map_or(Value::Unknown, |to| Value::Library(to.into()));
            }
            Step::Attr(name) => {
                text.push_str(instance_class(path).unwrap_or(path));
                text.push('.');
                text.push_str(name);
            }
            Step::Call(with) => {
                if let Some(literal) = with {
                    let keyed = format!("{path}('{literal}')");
                    if let Some(to) = self.facts.rewrite(&keyed) {
                        return Value::Library(to.into());
                    }
                }
                text.push_str(path);
                text.push_str("()");
            }
            Step::Element => {
                if path.starts_with('%') {
                    return Value::Unknown;
                }
                text.push_str(instance_class(path).unwrap_or(path));
                text.push_str("[]");
            }
            Step::CallOf(..) => return self.library(path, Step::Call(None)),
            Step::Many if path.ends_with(".Self()") => {
                text.push_str(path);
                text.push_str("[*]");
            }
            Step::Many => return Value::Library("%list".into()),
        }
        match self.facts.rewrite(&text) {
            Some(to) => Value::Library(to.into()),
            None => Value::Library(text.into()),
        }
    }

    fn all(&self, file: FileId, values: &Values, depth: u8) -> Meanings {
        let mut all = Meanings::new();
        if depth >= DEEPEST {
            return smallvec![Value::Unknown];
        }
        for text in values {
            for value in self.meaning_at(file, *text, depth) {
                if *value != Value::Unknown && !all.contains(value) {
                    all.push(value.clone());
                }
            }
        }
        if all.is_empty() || all.len() > MOST_ALTERNATIVES {
            smallvec![Value::Unknown]
        } else {
            all
        }
    }

    fn own_name(&self, file: FileId, name: &str, depth: u8) -> Option<Meanings> {
        let index = &self.file(file).index;
        if let Some(at) = index.functions_by_name.get(name) {
            return Some(smallvec![Value::Function(file, *at)]);
        }
        if let Some(at) = index.classes_by_name.get(name) {
            return Some(smallvec![Value::Class(file, *at)]);
        }
        let values = index.names.get(name)?;
        Some(self.all(file, values, depth + 1))
    }

    /// What `name` is in a module: its own, a submodule of a package, or through `import *`.
    fn module_name(&self, file: FileId, name: &str, depth: u8) -> Meanings {
        self.name_in(file, name, depth, &mut SmallVec::new())
    }

    fn name_in(
        &self,
        file: FileId,
        name: &str,
        depth: u8,
        asked: &mut SmallVec<[FileId; 4]>,
    ) -> Meanings {
        if depth >= DEEPEST || asked.len() >= MOST_ASKED || asked.contains(&file) {
            return smallvec![Value::Unknown];
        }
        asked.push(file);
        if let Some(found) = self.own_name(file, name, depth) {
            return found;
        }
        let code = self.file(file);
        if let Some(dir) = code.path.strip_suffix("/__init__.py") {
            match self.modules.child(dir, name) {
                Some(Target::File(id)) => return smallvec![Value::Module(id)],
                Some(Target::Directory(dir)) => return smallvec![Value::Package(dir)],
                None => {}
            }
        }
        if let Some(found) = self.sibling(file, name) {
            return smallvec![found];
        }
        for import in code.index.imports.iter().filter(|import| import.star) {
            let module = code.text(import.module);
            if let Some(Target::File(id)) =
                self.modules
                    .find(module, &code.path, code.language, &self.facts)
                && id != file
            {
                let found = self.name_in(id, name, depth + 1, asked);
                if found.as_slice() != [Value::Unknown] {
                    return found;
                }
            }
        }
        if code.language.is_javascript()
            && name != "default"
            && let Some(default) = self.own_name(file, "default", depth)
        {
            // What is exported by `export default` is none of the names that `export *` passes on; what `module.exports` holds is.
            let is_passed_on =
                |value: &&Value| asked.len() == 1 || matches!(value, Value::Object(..));
            let found: Meanings = default
                .iter()
                .filter(is_passed_on)
                .flat_map(|value| self.step(value, Step::Attr(name), depth + 1))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        smallvec![Value::Unknown]
    }

    /// What `function` passes as `position` to the function that it is given as `argument`: a helper that opens a
    /// transaction and runs a callback in it.
    fn passed(
        &self,
        file: FileId,
        function: u32,
        argument: usize,
        position: u16,
        depth: u8,
    ) -> Meanings {
        let code = self.file(file);
        let row = &code.index.functions[function as usize];
        let skipped = usize::from(row.is_bound && !row.params.is_empty());
        let Some((param, ..)) = row.params.get(argument + skipped) else {
            return smallvec![Value::Unknown];
        };
        if depth >= DEEPEST {
            return smallvec![Value::Unknown];
        }
        let wanted = format!("${}", param.0);
        let mut all = Meanings::new();
        for run in code
            .index
            .arguments
            .chunk_by(|left, right| left.call == right.call)
        {
            let (from, count) = code.index.calls[run[0].call as usize].targets;
            let targets = &code.index.targets[from as usize..from as usize + count as usize];
            if !targets.iter().any(|target| code.text(*target) == wanted) {
                continue;
            }
            for row in run
                .iter()
                .filter(|row| row.key == ArgKey::Position(position))
            {
                for value in self.meaning_at(file, row.value, depth + 1) {
                    if *value != Value::Unknown && !all.contains(value) {
                        all.push(value.clone());
                    }
                }
            }
        }
        if all.is_empty() || all.len() > MOST_ALTERNATIVES {
            smallvec![Value::Unknown]
        } else {
            all
        }
    }

    /// An attribute of a decorated function belongs to what the decorator made of it: `task.delay`.
    fn decorated(&self, file: FileId, function: u32, name: &str, depth: u8) -> Meanings {
        let row = &self.file(file).index.functions[function as usize];
        for text in &row.decorators {
            for value in self.meaning_at(file, *text, depth + 1) {
                if let Value::Library(path) = value {
                    return smallvec![self.library(&format!("{path}()"), Step::Attr(name))];
                }
            }
        }
        smallvec![Value::Unknown]
    }
}

/// The class of an instance path: `requests.Session()` is an instance of `requests.Session`, since the last word begins
/// with a capital; `sqlite3.connect()` is not.
pub(super) fn instance_class(path: &str) -> Option<&str> {
    let class = path.strip_suffix("()")?;
    let last = class.rsplit(['.', '/']).next()?;
    last.starts_with(|c: char| c.is_uppercase())
        .then_some(class)
}

#[cfg(test)]
mod tests;
