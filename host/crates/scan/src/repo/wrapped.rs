//! Which functions were handed to the call that made what a path leads to: of `orders.list`, where `orders.ts` says
//! `export const list = wrap(find)`, the function `find`. What a path means does not tell: that is what `wrap` gives back, one for all.

use super::modules::Target;
use super::resolve::{DEEPEST, Value};
use super::{FileId, Repo};
use crate::model::index::{TextId, Values};
use crate::tree::NodeId;

/// Paths of functions, each in the file that it was written in.
type Found = Vec<(FileId, TextId)>;

impl Repo {
    /// The functions handed to the call whose result the path `text` of `file` reads by a name.
    pub(super) fn wrapped(&self, file: FileId, text: &str) -> Found {
        self.wrapped_at(file, text, 0)
    }

    fn wrapped_at(&self, file: FileId, text: &str, depth: u8) -> Found {
        if depth >= DEEPEST {
            return Found::new();
        }
        let Some(end) = text.rfind(['.', '|', '(', '[']) else {
            return Found::new();
        };
        let (base, name) = match text.as_bytes()[end] {
            b'|' => (&text[..=end], &text[end + 1..]),
            b'.' => (&text[..end], &text[end + 1..]),
            _ => return Found::new(),
        };
        let name = if name.is_empty() { "default" } else { name };
        if base.ends_with('|') {
            return match self.root(file, base) {
                Some((value, _)) => self.wrapped_of(&value, name, depth + 1),
                None => Found::new(),
            };
        }
        let mut values = self.follow(file, base, depth + 1).into_iter();
        let found = values.find_map(|value| {
            let found = self.wrapped_of(&value, name, depth + 1);
            (!found.is_empty()).then_some(found)
        });
        found.unwrap_or_default()
    }

    /// The same of what `owner` has by that name.
    fn wrapped_of(&self, owner: &Value, name: &str, depth: u8) -> Found {
        if depth >= DEEPEST {
            return Found::new();
        }
        let handed = |file: FileId, node: NodeId| {
            let all = self.file(file).index.wrapped.get(&(node, name.into()));
            all.map(|all| all.iter().map(|text| (file, *text)).collect())
        };
        let through = |file: FileId, values: Option<&Values>| -> Found {
            let mut texts = values.into_iter().flatten();
            let found = texts.find_map(|text| {
                let found = self.wrapped_at(file, self.file(file).text(*text), depth + 1);
                (!found.is_empty()).then_some(found)
            });
            found.unwrap_or_default()
        };
        match owner {
            Value::Module(file) => {
                if let Some(found) = handed(*file, NodeId(0)) {
                    return found;
                }
                let code = self.file(*file);
                if let Some(values) = code.index.names.get(name) {
                    return through(*file, Some(values));
                }
                for import in code.index.imports.iter().filter(|import| import.star) {
                    let module = code.text(import.module);
                    let target = self
                        .modules
                        .find(module, &code.path, code.language, &self.facts);
                    if let Some(Target::File(id)) = target
                        && id != *file
                    {
                        let found = self.wrapped_of(&Value::Module(id), name, depth + 1);
                        if !found.is_empty() {
                            return found;
                        }
                    }
                }
                // `require("./orders").list`, where the file exports an object.
                let default = code.index.names.get("default").into_iter().flatten();
                let mut values = default.flat_map(|text| self.meaning(*file, *text));
                let found = values.find_map(|value| {
                    let is_other = !matches!(value, Value::Module(_));
                    let found = is_other.then(|| self.wrapped_of(value, name, depth + 1))?;
                    (!found.is_empty()).then_some(found)
                });
                found.unwrap_or_default()
            }
            Value::Object(file, node) => handed(*file, *node).unwrap_or_else(|| {
                let row = self.file(*file).index.objects.get(node);
                through(*file, row.and_then(|row| row.properties.get(name)))
            }),
            Value::Class(file, at) | Value::Instance(file, at) => {
                let row = &self.file(*file).index.classes[*at as usize];
                handed(*file, row.node).unwrap_or_else(|| through(*file, row.attributes.get(name)))
            }
            _ => Found::new(),
        }
    }
}
