//! Type annotations: from a written type to the paths of its instances.

use smallvec::smallvec;

use super::eval::Evaluator;
use super::path::{Alternatives, Link, PathId, Shape, unite};
use super::scope::ScopeId;
use crate::lower::Language;
use crate::tree::{Atom, Flags, Kind, NodeId, Role};

impl Evaluator<'_> {
    /// What a value declared with the type `kind` is. Unions lose their `None`; containers keep what they hold.
    pub fn instance_of(&mut self, kind: NodeId) -> Alternatives {
        let tree = self.tree;
        match tree.node(kind).kind {
            Kind::Name | Kind::Attr => self.instance_of_name(kind),
            Kind::Str => self.instance_of_quoted(kind),
            Kind::Index => self.instance_of_generic(kind),
            Kind::Binary => {
                let mut all = Alternatives::new();
                for child in tree.children(kind) {
                    let one = self.instance_of(child);
                    unite(&mut all, &one);
                }
                self.known_only(all)
            }
            Kind::Null => smallvec![self.paths.root(Link::Literal(Shape::Null))],
            // `Annotated` metadata and calls in a type: `conint(gt=0)`.
            Kind::Call => self
                .injected(kind)
                .unwrap_or_else(|| smallvec![PathId::UNKNOWN]),
            _ => smallvec![PathId::UNKNOWN],
        }
    }

    fn known_only(&self, mut all: Alternatives) -> Alternatives {
        if all.len() > 1 {
            all.retain(|path| {
                *path != PathId::UNKNOWN && self.paths.last(*path) != Link::Literal(Shape::Null)
            });
        }
        if all.is_empty() {
            smallvec![PathId::UNKNOWN]
        } else {
            all
        }
    }

    fn instance_of_name(&mut self, kind: NodeId) -> Alternatives {
        let tree = self.tree;
        if tree.node(kind).kind == Kind::Name
            && let Some(shape) = shape_of(tree.text(kind))
        {
            return smallvec![self.paths.root(Link::Literal(shape))];
        }
        if matches!(
            tree.text(kind),
            "Any" | "any" | "unknown" | "object" | "void" | "interface"
        ) {
            return smallvec![PathId::UNKNOWN];
        }
        let mut all = Alternatives::new();
        for class in self.value(kind) {
            let instance = self.paths.join(class, Link::Call);
            unite(&mut all, &[instance]);
        }
        all
    }

    /// The class that a name stands for which a type is given: `Users = Annotated[Store, Depends(get_store)]` makes what `get_store`
    /// gives, `MaybeUser = Optional[User]` users.
    pub(super) fn alias(&mut self, kind: NodeId) -> Option<Alternatives> {
        let tree = self.tree;
        let head = tree.text(tree.child(kind, Role::Value)?);
        if self.language() != Language::Python || !matches!(head, "Annotated" | "Optional") {
            return None;
        }
        let index = tree.child(kind, Role::Index)?;
        let mut items = match tree.node(index).kind {
            Kind::List => tree.children(index).collect(),
            _ => vec![index],
        }
        .into_iter();
        let first = items.next()?;
        let calls = items.filter(|item| tree.node(*item).kind == Kind::Call);
        for call in calls {
            if let Some(provider) = self.provider(call) {
                return Some(self.value(provider));
            }
        }
        matches!(tree.node(first).kind, Kind::Name | Kind::Attr).then(|| self.value(first))
    }

    /// A forward reference: `"Session"` or `"db.Session"`; anything more is not followed.
    fn instance_of_quoted(&mut self, kind: NodeId) -> Alternatives {
        let tree = self.tree;
        let text = tree.text(kind).trim();
        let first = text.split('.').next().unwrap_or_default();
        let Some(atom) = tree.find_atom(first) else {
            return smallvec![PathId::UNKNOWN];
        };
        let Some(binding) = self.scopes.bindings(ScopeId(0), atom).last().copied() else {
            return smallvec![PathId::UNKNOWN];
        };
        let mut all = self.binding(binding);
        for name in text.split('.').skip(1) {
            let Some(atom) = tree.find_atom(name) else {
                return smallvec![PathId::UNKNOWN];
            };
            all = all
                .iter()
                .map(|path| self.paths.join(*path, Link::Attr(atom)))
                .collect();
        }
        all.iter()
            .map(|path| self.paths.join(*path, Link::Call))
            .collect()
    }

    fn instance_of_generic(&mut self, kind: NodeId) -> Alternatives {
        let tree = self.tree;
        let Some(head) = tree.child(kind, Role::Value) else {
            return smallvec![PathId::UNKNOWN];
        };
        let Some(index) = tree.child(kind, Role::Index) else {
            return self.instance_of(head);
        };
        let items: Vec<NodeId> = match tree.node(index).kind {
            Kind::List => tree.children(index).collect(),
            _ => vec![index],
        };
        let word = tree.text(head);
        let many = |evaluator: &mut Self, item: Option<&NodeId>| match item {
            Some(item) => {
                let inner = evaluator.instance_of(*item);
                inner
                    .iter()
                    .map(|path| evaluator.paths.join(*path, Link::Many))
                    .collect()
            }
            None => smallvec![PathId::UNKNOWN],
        };
        match (word, self.language()) {
            (
                "Optional" | "Final" | "ClassVar" | "Awaitable" | "Coroutine" | "Promise"
                | "Required" | "NotRequired" | "Readonly" | "Mapped",
                _,
            ) => {
                // A coroutine's last argument is what awaiting it gives.
                items.last().map_or_else(
                    || smallvec![PathId::UNKNOWN],
                    |item| self.instance_of(*item),
                )
            }
            (
                "AsyncGenerator"
                | "Generator"
                | "AsyncIterator"
                | "Iterator"
                | "AsyncContextManager"
                | "AbstractAsyncContextManager",
                Language::Python,
            ) => {
                // As an annotation of a dependency or context manager: what it yields.
                items.first().map_or_else(
                    || smallvec![PathId::UNKNOWN],
                    |item| self.instance_of(*item),
                )
            }
            ("Annotated", _) => {
                for item in items.iter().skip(1) {
                    if tree.node(*item).kind == Kind::Call
                        && let Some(found) = self.injected(*item)
                    {
                        return found;
                    }
                }
                items.first().map_or_else(
                    || smallvec![PathId::UNKNOWN],
                    |item| self.instance_of(*item),
                )
            }
            ("Union", _) => {
                let mut all = Alternatives::new();
                for item in &items {
                    let one = self.instance_of(*item);
                    unite(&mut all, &one);
                }
                self.known_only(all)
            }
            ("Type" | "type", Language::Python) => items
                .first()
                .map_or_else(|| smallvec![PathId::UNKNOWN], |item| self.value(*item)),
            (
                "list" | "List" | "Sequence" | "Iterable" | "set" | "Set" | "frozenset" | "tuple"
                | "Tuple" | "deque" | "Collection" | "AsyncIterable" | "Array" | "ReadonlyArray"
                | "slice",
                _,
            ) => many(self, items.first()),
            (
                "dict" | "Dict" | "Mapping" | "MutableMapping" | "defaultdict" | "DefaultDict"
                | "OrderedDict" | "Map" | "Record" | "map",
                _,
            ) => many(self, items.get(1)),
            ("Pick" | "Omit" | "Partial" | "NonNullable" | "DeepPartial" | "Mutable", language)
                if language.is_javascript() =>
            {
                items.first().map_or_else(
                    || smallvec![PathId::UNKNOWN],
                    |item| self.instance_of(*item),
                )
            }
            _ => match self.field_of(kind, head, index) {
                Some(found) => found,
                None => self.instance_of_name(head),
            },
        }
    }

    /// `Props["repository"]`: a field of what the type describes, unlike `Loader<"orders">`.
    fn field_of(&mut self, kind: NodeId, head: NodeId, index: NodeId) -> Option<Alternatives> {
        let tree = self.tree;
        let key = *tree.node(index);
        let is_field = tree.node(kind).flags.has(Flags::PROPERTY);
        if !is_field || key.kind != Kind::Type || key.atom == Atom::EMPTY {
            return None;
        }
        let whole = self.instance_of(head);
        Some(
            whole
                .iter()
                .map(|path| self.paths.join(*path, Link::Attr(key.atom)))
                .collect(),
        )
    }
}

/// Built-in types by name, of the three languages.
fn shape_of(name: &str) -> Option<Shape> {
    Some(match name {
        "str" | "string" | "String" => Shape::Text,
        "bytes" | "bytearray" | "Uint8Array" | "Buffer" => Shape::Bytes,
        "int" | "float" | "complex" | "number" | "bigint" | "int64" | "int32" | "uint64"
        | "uint32" | "float64" | "uint" => Shape::Number,
        "bool" | "boolean" => Shape::Bool,
        "None" | "null" | "undefined" | "nil" => Shape::Null,
        "list" | "List" => Shape::List,
        "tuple" | "Tuple" => Shape::Tuple,
        "set" | "frozenset" => Shape::Set,
        "dict" | "Dict" => Shape::Dict,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    #[test]
    fn a_name_for_a_type_is_the_type_in_every_file() {
        let deps = "from typing import Annotated, Optional\nfrom fastapi import Depends\nfrom pg import Session, Store\ndef get_session():\n    yield Session()\nDb = Annotated[object, Depends(get_session)]\nMaybe = Optional[Store]\nPlain = Annotated[Store, 'words']\n";
        let app = "from deps import Db, Maybe, Plain\ndef view(db: Db, maybe: Maybe, plain: Plain):\n    db.execute()\n    maybe.find()\n    plain.find()\n";
        let facts = "schema = \"perfctl.facts/1\"\n";
        let scratch = Scratch::new(facts, &[("deps.py", deps), ("app.py", app)]);
        assert_eq!(scratch.called("app.py", "execute"), ["pg.Session.execute"]);
        assert_eq!(scratch.called("app.py", "find"), ["pg.Store.find"; 2]);
    }
}
