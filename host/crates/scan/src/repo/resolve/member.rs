//! Attributes and methods of classes, their own and inherited.

use smallvec::{SmallVec, smallvec};

use super::steps::Step;
use super::{DEEPEST, MOST_ASKED, Meanings, Value};
use crate::repo::{FileId, Repo};

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
        for base in &row.bases {
            for value in self.meaning_at(file, *base, depth + 1) {
                let found = match value {
                    Value::Class(file, at) => self.member_of((*file, *at), name, depth + 1, asked),
                    Value::Library(path) => {
                        smallvec![self.library(&format!("{path}()"), Step::Attr(name))]
                    }
                    _ => continue,
                };
                if found.as_slice() != [Value::Unknown] {
                    return found;
                }
            }
        }
        // A Go method may stand in another file of the package.
        let code = self.file(file);
        if code.language == crate::lower::Language::Go {
            let owner = code.text(row.name);
            let dir = crate::repo::modules::directory(&code.path);
            for id in self.modules.files_in(dir) {
                let index = &self.file(*id).index;
                let symbol = |at: &u32| self.file(*id).text(index.functions[*at as usize].symbol);
                let wanted = |at: &u32| {
                    symbol(at)
                        .strip_prefix(owner)
                        .and_then(|rest| rest.strip_prefix('.'))
                        == Some(name)
                };
                if let Some(at) = index.functions_by_node.values().find(|at| wanted(at)) {
                    return smallvec![Value::Function(*id, *at)];
                }
            }
        }
        smallvec![Value::Unknown]
    }
}
