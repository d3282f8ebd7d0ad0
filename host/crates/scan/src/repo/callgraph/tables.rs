//! Tables of functions that a framework calls by their keys: `{ Query: { users() {} }, User: { posts(user) {} } }` of GraphQL.

use rustc_hash::FxHashSet;

use super::{FunctionId, Graph};
use crate::repo::resolve::Value;
use crate::repo::side::Side;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

/// How many tables stand within each other: types, fields, and what a field has beside its resolver.
const DEEPEST: u8 = 4;

/// The most functions of one table that are followed.
const MOST: usize = 2000;

impl Graph {
    /// The functions of a table and of those in it.
    pub(super) fn in_table(&self, repo: &Repo, table: &Value) -> Vec<FunctionId> {
        let mut search = Search {
            repo,
            graph: self,
            asked: FxHashSet::default(),
            found: Vec::new(),
        };
        search.value(table, 0);
        search.found
    }

    /// The functions of the tables of `file` that have one of the properties `keys`, which is a table itself.
    pub(super) fn in_tables_with(
        &self,
        repo: &Repo,
        file: FileId,
        keys: &[String],
    ) -> Vec<FunctionId> {
        if keys.is_empty() || repo.side(file) == Side::Browser {
            return Vec::new();
        }
        let code = repo.file(file);
        let holds = |object: &&NodeId| {
            let row = &code.index.objects[*object];
            keys.iter().any(|key| {
                let values = row.properties.get(key.as_str());
                let mut values = values
                    .into_iter()
                    .flat_map(|values| values.iter())
                    .flat_map(|text| repo.meaning(file, *text));
                values.any(|value| {
                    matches!(value, Value::Object(..)) && !self.in_table(repo, value).is_empty()
                })
            })
        };
        let mut tables: Vec<NodeId> = code.index.objects.keys().filter(holds).copied().collect();
        tables.sort_unstable();
        tables
            .into_iter()
            .flat_map(|object| self.in_table(repo, &Value::Object(file, object)))
            .collect()
    }
}

struct Search<'r> {
    repo: &'r Repo,
    graph: &'r Graph,
    asked: FxHashSet<(FileId, Option<NodeId>)>,
    found: Vec<FunctionId>,
}

impl Search<'_> {
    fn value(&mut self, value: &Value, depth: u8) {
        if depth > DEEPEST || self.found.len() >= MOST {
            return;
        }
        match value {
            Value::Function(file, at) => {
                let id = self.graph.id(*file, *at);
                if depth > 0 && !self.found.contains(&id) {
                    self.found.push(id);
                }
            }
            Value::Object(file, object) => self.object(*file, *object, depth),
            Value::Module(file) => self.module(*file, depth),
            _ => {}
        }
    }

    fn object(&mut self, file: FileId, object: NodeId, depth: u8) {
        let repo = self.repo;
        let Some(row) = repo.file(file).index.objects.get(&object) else {
            return;
        };
        if !self.asked.insert((file, Some(object))) {
            return;
        }
        let mut properties: Vec<_> = row.properties.iter().collect();
        properties.sort_unstable_by_key(|(name, _)| *name);
        for text in properties.into_iter().flat_map(|(_, values)| values.iter()) {
            for value in repo.meaning(file, *text) {
                self.value(value, depth + 1);
            }
        }
        for text in &row.spread {
            for value in repo.meaning(file, *text) {
                self.value(value, depth);
            }
        }
    }

    /// What a file exports under the names of types, or of fields where it is a type itself.
    fn module(&mut self, file: FileId, depth: u8) {
        let repo = self.repo;
        if !self.asked.insert((file, None)) {
            return;
        }
        let code = repo.file(file);
        let mut names: Vec<_> = code.index.names.iter().collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        for (name, values) in names {
            // Types have capitals; what else stands at the top level is no part of the table.
            let is_type = depth == 0 && name.starts_with(char::is_uppercase);
            for value in values.iter().flat_map(|text| repo.meaning(file, *text)) {
                let is_field = depth > 0 && matches!(value, Value::Function(of, _) if *of == file);
                if is_type && matches!(value, Value::Object(..)) || is_field {
                    self.value(value, depth + 1);
                }
            }
        }
    }
}
