//! What methods of tables and collections give: `SERVICES.get(kind)` one of the services, `stores.values()` all of them.

use smallvec::smallvec;

use super::steps::Step;
use super::{Meanings, Value};
use crate::lower::Language;
use crate::model::path::MOST_ALTERNATIVES;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

/// What the way into a library began at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// A class of the repository, or an instance of it.
    Class(FileId, u32),
    /// A table, see [`crate::model::index::ObjectRow`].
    Table(FileId, NodeId),
    /// A collection of instances of a class.
    Many(FileId, u32),
}

impl Begun {
    /// Where the way goes on from a value.
    pub(super) fn at(value: &Value, before: Option<Self>) -> Option<Self> {
        match value {
            Value::Class(file, at) | Value::Instance(file, at) => Some(Self::Class(*file, *at)),
            Value::Object(file, node) => Some(Self::Table(*file, *node)),
            Value::Collection(file, at) => Some(Self::Many(*file, *at)),
            Value::Library(_) => before,
            _ => None,
        }
    }

    /// The class.
    pub(super) fn class(self) -> Option<(FileId, u32)> {
        match self {
            Self::Class(file, at) => Some((file, at)),
            _ => None,
        }
    }
}

/// What is between a table and a pair of a key and a value that it holds.
const PAIRS: &str = "%pairs";
const PAIR: &str = "%pair";

impl Repo {
    /// What a call of `value` may call where it is a table: Go's `handlers[kind](order)` looks as a call of a generic function does, which
    /// is written as one of `handlers`.
    pub(crate) fn chosen(&self, value: &Value) -> Option<Meanings> {
        match value {
            Value::Object(file, node) if self.file(*file).language == Language::Go => {
                Some(self.properties(*file, *node, 0))
            }
            _ => None,
        }
    }

    /// What a step from the method of a table gives.
    pub(super) fn of_table(
        &self,
        begun: Begun,
        path: &str,
        step: Step<'_>,
        depth: u8,
    ) -> Option<Meanings> {
        let one = || match begun {
            Begun::Table(file, node) => Some(self.properties(file, node, depth + 1)),
            Begun::Many(file, class) => Some(smallvec![Value::Instance(file, class)]),
            Begun::Class(..) => None,
        };
        let all = || match begun {
            Begun::Table(file, node) => Some(smallvec![Value::Object(file, node)]),
            Begun::Many(file, class) => Some(smallvec![Value::Collection(file, class)]),
            Begun::Class(..) => None,
        };
        match (path, step) {
            (PAIRS, Step::Element) => Some(smallvec![Value::Library(PAIR.into())]),
            (PAIR, Step::Attr("<1>") | Step::Element) => one(),
            (PAIR | PAIRS, _) => Some(smallvec![Value::Unknown]),
            (_, Step::Call(_)) => {
                let method = ["%dict.", "%list.", "%tuple."]
                    .iter()
                    .find_map(|shape| path.strip_prefix(shape))?;
                match method {
                    "at" | "find" | "get" | "pop" | "setdefault" | "shift" => one(),
                    "values" => all(),
                    "items" | "entries" => Some(smallvec![Value::Library(PAIRS.into())]),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// How many values may come of one step: of what a table of the repository's own things holds as many as there are.
pub(super) fn most(values: &[Value]) -> usize {
    let is_own = |value: &Value| {
        matches!(
            value,
            Value::Function(..) | Value::Class(..) | Value::Instance(..) | Value::Object(..)
        )
    };
    match values.iter().all(is_own) {
        true => values.len().max(MOST_ALTERNATIVES),
        false => MOST_ALTERNATIVES,
    }
}

#[cfg(test)]
mod tests;
