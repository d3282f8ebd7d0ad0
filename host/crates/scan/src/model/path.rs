//! Symbolic paths: where a value comes from, as a chain of attribute reads, calls and element reads from a root.
//!
//! Written out they read like code: `requests|Session().get`, `here|Repo().db`, `%dict`. Paths of one file are
//! hash-consed here, so that equal paths have equal ids; between files they travel as text.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::tree::{Atom, NodeId, Tree};

/// Index of a path in its [`Paths`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(pub u32);

impl PathId {
    /// Nothing is known.
    pub const UNKNOWN: PathId = PathId(0);
}

/// The last link of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// Root: nothing is known. Written `?`.
    Unknown,
    /// Root: an imported module as written. `requests|`.
    Module(Atom),
    /// Root: the modules that a text with unknown parts may name, by its position in [`Paths`]. `./routes/*|`.
    Folder(u32),
    /// Root: the file itself. `here|`.
    Here,
    /// Root: a function or class that is no attribute of the file, by its node. `here#12`.
    Node(NodeId),
    /// Root: a parameter, by its node. `$12`.
    Param(NodeId),
    /// Root: a name that nothing in the file binds. `builtins|open`.
    Builtin(Atom),
    /// Root: a literal or the result of an operator. `%dict`.
    Literal(Shape),
    /// Root: an object literal of JavaScript whose properties may be followed, or a tuple of Python whose items may, by its node. `%dict#12`.
    Object(NodeId),
    /// `.name`.
    Attr(Atom),
    /// `()`.
    Call,
    /// `()` with a short plain string as first argument: `('s3')`.
    CallWith(Atom),
    /// `()` with a class as the argument at a position: `(<here|Order>0)`. The class is a path of names only.
    CallOf(PathId, u8),
    /// `.<1>`: what stands at that position of a tuple.
    Item(u8),
    /// `.<with>`: what a `with` statement binds that is given the base.
    Entered,
    /// `.<async with>`: the same of `async with`.
    EnteredAsync,
    /// `[]`: an element, by index, key or iteration.
    Element,
    /// `[*]`: a collection of what the base is; only from type annotations.
    Many,
    /// `.<0:1>`: what the function that a call is handed as its argument 0 gets as its parameter 1.
    Handed(u8, u8),
}

/// The built-in shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each shape is the word it is written as")]
pub enum Shape {
    Text,
    Bytes,
    Number,
    Bool,
    Null,
    List,
    Tuple,
    Set,
    Dict,
    Generator,
}

impl Shape {
    /// The word behind the `%`.
    pub fn word(self) -> &'static str {
        match self {
            Shape::Text => "str",
            Shape::Bytes => "bytes",
            Shape::Number => "number",
            Shape::Bool => "bool",
            Shape::Null => "null",
            Shape::List => "list",
            Shape::Tuple => "tuple",
            Shape::Set => "set",
            Shape::Dict => "dict",
            Shape::Generator => "generator",
        }
    }
}

/// Up to four paths; more is "unknown".
pub type Alternatives = SmallVec<[PathId; 2]>;

/// The most values that one expression may have before nothing is said about it.
pub const MOST_ALTERNATIVES: usize = 4;

/// The most links of one path; longer chains are builders whose root matters less than their length suggests.
const LONGEST: u8 = 48;

/// The paths of one file.
#[derive(Debug)]
pub struct Paths {
    folders: Vec<Box<str>>,
    links: Vec<(PathId, Link, u8)>,
    seen: FxHashMap<(PathId, Link), PathId>,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            folders: Vec::new(),
            links: vec![(PathId::UNKNOWN, Link::Unknown, 0)],
            seen: FxHashMap::default(),
        }
    }
}

impl Paths {
    /// The path that is just `link`.
    pub fn root(&mut self, link: Link) -> PathId {
        self.intern(PathId::UNKNOWN, link, 0)
    }

    /// The path of the modules that `pattern` may name, in which a `*` stands for what is not known.
    pub fn folder(&mut self, pattern: &str) -> PathId {
        let known = self.folders.iter().position(|known| **known == *pattern);
        let at = known.unwrap_or_else(|| {
            self.folders.push(pattern.into());
            self.folders.len() - 1
        });
        self.root(Link::Folder(at as u32))
    }

    /// `base` followed by `link`. What follows the unknown is unknown.
    pub fn join(&mut self, base: PathId, link: Link) -> PathId {
        if base == PathId::UNKNOWN {
            return base;
        }
        let (before, last, length) = self.links[base.0 as usize];
        match (last, link) {
            // An element of a collection of x is x; an attribute of a collection is the collection's own.
            (Link::Many, Link::Element) => before,
            (Link::Many, Link::Attr(_)) => {
                let list = self.root(Link::Literal(Shape::List));
                self.intern(list, link, 1)
            }
            _ if length >= LONGEST => PathId::UNKNOWN,
            _ => self.intern(base, link, length + 1),
        }
    }

    /// As [`Paths::join`], for a method of a collection that gives what the collection holds.
    pub fn join_method(&mut self, base: PathId, link: Link) -> PathId {
        match self.links[base.0 as usize] {
            (_, Link::Many, length) if length < LONGEST => self.intern(base, link, length + 1),
            _ => self.join(base, link),
        }
    }

    fn intern(&mut self, base: PathId, link: Link, length: u8) -> PathId {
        if let Some(id) = self.seen.get(&(base, link)) {
            return *id;
        }
        let id = PathId(self.links.len() as u32);
        self.links.push((base, link, length));
        self.seen.insert((base, link), id);
        id
    }

    /// The last link.
    pub fn last(&self, id: PathId) -> Link {
        self.links[id.0 as usize].1
    }

    /// The path without its last link; a root is followed by the unknown.
    pub fn base(&self, id: PathId) -> PathId {
        self.links[id.0 as usize].0
    }

    /// The first link.
    pub fn first(&self, id: PathId) -> Link {
        let mut at = id;
        loop {
            let (base, link, length) = self.links[at.0 as usize];
            if length == 0 {
                return link;
            }
            at = base;
        }
    }

    /// Bytes that `id` takes at most as text.
    pub fn longest(&self, tree: &Tree, id: PathId) -> usize {
        let (mut at, mut bytes) = (id, 0);
        loop {
            let (base, link, length) = self.links[at.0 as usize];
            bytes += match link {
                Link::Module(name) | Link::Builtin(name) | Link::Attr(name) => tree.str(name).len(),
                Link::CallWith(text) => tree.str(text).len(),
                Link::CallOf(class, _) => self.longest(tree, class),
                Link::Folder(at) => self.folders[at as usize].len(),
                _ => 0,
            };
            // Signs and numbers around it.
            bytes += 16;
            if length == 0 {
                return bytes;
            }
            at = base;
        }
    }

    /// Writes `id` as text. See the module's description for the syntax.
    pub fn write(&self, tree: &Tree, id: PathId, out: &mut String) {
        let (base, link, length) = self.links[id.0 as usize];
        if length > 0 {
            self.write(tree, base, out);
        }
        match link {
            Link::Unknown => out.push('?'),
            Link::Module(name) => {
                out.push_str(tree.str(name));
                out.push('|');
            }
            Link::Folder(at) => {
                out.push_str(&self.folders[at as usize]);
                out.push('|');
            }
            Link::Here => out.push_str("here|"),
            Link::Node(node) => {
                let _ = write!(out, "here#{}", node.0);
            }
            Link::Param(node) => {
                let _ = write!(out, "${}", node.0);
            }
            Link::Builtin(name) => {
                out.push_str("builtins|");
                out.push_str(tree.str(name));
            }
            Link::Literal(shape) => {
                out.push('%');
                out.push_str(shape.word());
            }
            Link::Object(node) => {
                let _ = write!(out, "%dict#{}", node.0);
            }
            Link::Attr(name) => {
                if !out.ends_with('|') {
                    out.push('.');
                }
                out.push_str(tree.str(name));
            }
            Link::Call => out.push_str("()"),
            Link::CallWith(text) => {
                out.push_str("('");
                out.push_str(tree.str(text));
                out.push_str("')");
            }
            Link::CallOf(class, at) => {
                out.push_str("(<");
                let mut text = String::new();
                self.write(tree, class, &mut text);
                let _ = write!(out, "{text}>{at})");
            }
            Link::Item(at) => {
                let _ = write!(out, ".<{at}>");
            }
            Link::Entered => out.push_str(".<with>"),
            Link::EnteredAsync => out.push_str(".<async with>"),
            Link::Element => out.push_str("[]"),
            Link::Many => out.push_str("[*]"),
            Link::Handed(argument, param) => {
                let _ = write!(out, ".<{argument}:{param}>");
            }
        }
    }
}

/// Adds `more` to `all`, without repeats; too many become the unknown alone.
pub fn unite(all: &mut Alternatives, more: &[PathId]) {
    for path in more {
        if !all.contains(path) {
            all.push(*path);
        }
    }
    if all.len() > MOST_ALTERNATIVES {
        all.clear();
        all.push(PathId::UNKNOWN);
    }
}
