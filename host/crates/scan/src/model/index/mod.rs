//! What other files may ask of a file once its tree is gone: functions, classes, names, imports and calls, as rows.

mod build;
mod generic;
mod handed;
mod handed_on;
mod members;
mod objects;
mod put;
mod returns;
mod wrapped;

pub use build::index;

use rustc_hash::FxHashMap;

use crate::tree::{Flags, NodeId};

/// Index of a text in its file's [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// The longest path or symbol, in bytes; of a longer one nothing is said. Names may be as long as their file and stand in every
/// path, so that what the paths take would grow by the square of the file.
const LONGEST: usize = 1 << 10;

/// Bytes of the texts of one file for each of its own, and what the smallest file may have. Of ordinary files of a few thousand
/// bytes they take up to twice as much as the file, of larger ones less.
const MOST_TEXT: (usize, usize) = (8, 64 << 10);

/// Texts of one file, each once.
#[derive(Debug, Default)]
pub struct Texts {
    buffer: String,
    ends: Vec<u32>,
    room: usize,
    is_full: bool,
}

impl Texts {
    /// None yet, and room for those of a file of so many bytes.
    fn of_file(bytes: usize) -> Self {
        Self {
            room: bytes * MOST_TEXT.0 + MOST_TEXT.1,
            ..Self::default()
        }
    }

    /// The text.
    pub fn get(&self, id: TextId) -> &str {
        let at = id.0 as usize;
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] as usize
        };
        &self.buffer[start..self.ends[at] as usize]
    }

    /// Adds a text; nothing of it when there is no more room.
    pub(super) fn push(&mut self, text: &str) -> TextId {
        self.is_full |= self.buffer.len() + text.len() > self.room;
        let text = if self.is_full { "" } else { text };
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len() as u32);
        TextId(self.ends.len() as u32 - 1)
    }

    /// Whether there was more than there is room for: then the index does not say what the file does.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The values something may have, as path texts; empty when nothing is known.
pub type Values = Box<[TextId]>;

/// An imported module.
#[derive(Debug)]
pub struct ImportRow {
    /// Its `Import` node, or the call of `require`.
    pub node: NodeId,
    /// The module as written.
    pub module: TextId,
    /// The function that holds it; `None` at the top level.
    pub function: Option<u32>,
    /// Whether it exists for type checkers only.
    pub type_only: bool,
    /// Whether a failing import is caught.
    pub guarded: bool,
    /// Whether it runs only when the file itself is the program: under a test of `__name__`.
    pub main_only: bool,
    /// Whether everything is imported (`*`).
    pub star: bool,
    /// Names taken from the module; empty for the module itself.
    pub names: Box<[TextId]>,
}

/// A function or method.
#[derive(Debug)]
pub struct FunctionRow {
    /// Its `Function` node.
    pub node: NodeId,
    /// Its name; empty for a lambda.
    pub name: TextId,
    /// Name with classes and functions around it, joined by dots.
    pub symbol: TextId,
    /// The class that it is a method of.
    pub class: Option<u32>,
    /// The function that it is defined in.
    pub outer: Option<u32>,
    /// Its modifiers.
    pub flags: Flags,
    /// Its parameters: node, name, what is known of the value.
    pub params: Box<[(NodeId, TextId, Values)]>,
    /// Whether the first parameter is the instance or class that it is called on.
    pub is_bound: bool,
    /// What it returns, or yields where it is a generator.
    pub returns: Values,
    /// The parameter, of those that a caller fills, whose class it is declared to give instances of: `(type: ClassType<T>): T`.
    pub gives_instance_of: Option<u8>,
    /// Its decorators.
    pub decorators: Box<[TextId]>,
}

/// A class or struct.
#[derive(Debug)]
pub struct ClassRow {
    /// Its `Class` node.
    pub node: NodeId,
    /// Its name.
    pub name: TextId,
    /// Base classes.
    pub bases: Values,
    /// Attributes of the class and of its instances.
    pub attributes: FxHashMap<Box<str>, Values>,
    /// Methods, by their index in [`FileIndex::functions`].
    pub methods: FxHashMap<Box<str>, u32>,
    /// Its decorators.
    pub decorators: Box<[TextId]>,
    /// What is asked for the attributes that an instance does not have: `__getattr__` of Python that returns `getattr(self.client, name)`.
    pub delegates: Values,
}

/// What an [`ObjectRow`] was written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ObjectKind {
    /// An object of JavaScript, whose properties are its keys.
    #[default]
    Object,
    /// A dictionary of Python, or a map of Go or JavaScript: its keys are no properties, which have brackets in their names then.
    Dict,
    /// A list, array or slice.
    List,
    /// A tuple of Python, whose items are properties as `<0>`.
    Tuple,
}

/// An object literal, or a list, dictionary or tuple that holds functions, classes or instances.
#[derive(Debug, Default)]
pub struct ObjectRow {
    /// What it was written as.
    pub kind: ObjectKind,
    /// What its properties are, as far as they can be followed.
    pub properties: FxHashMap<Box<str>, Values>,
    /// The objects whose properties it takes over.
    pub spread: Vec<TextId>,
    /// Whether it is filled with what the files beside its own hold: `readdirSync(__dirname).forEach(file => db[name] = ...)`.
    pub is_loaded: bool,
}

/// Modifiers of a [`CallRow`].
pub mod call_flag {
    /// The result is awaited on the spot.
    pub const AWAITED: u8 = 1;
    /// The call stands in a loop or comprehension of its function.
    pub const IN_LOOP: u8 = 2;
    /// The call is a decorator.
    pub const DECORATOR: u8 = 4;
}

/// A call.
#[derive(Clone, Copy, Debug)]
pub struct CallRow {
    /// Its `Call` node.
    pub node: NodeId,
    /// The last name of what is called.
    pub name: TextId,
    /// The function that holds it; `u32::MAX` at the top level.
    pub function: u32,
    /// What may be called: a run in [`FileIndex::targets`].
    pub targets: (u32, u8),
    /// See [`call_flag`].
    pub flags: u8,
}

/// A function handed to a call: a route's handler, a thread's body.
#[derive(Clone, Copy, Debug)]
pub struct HandedRow {
    /// Index of the call in [`FileIndex::calls`].
    pub call: u32,
    /// How it stands there.
    pub way: HandedWay,
    /// The function.
    pub value: TextId,
}

/// A parameter that is handed to a call in its function: `def every(self, job): self.scheduler.add_job(job)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedOnRow {
    /// Index of the call in [`FileIndex::calls`].
    pub call: u32,
    /// Whose parameter it is: an index in [`FileIndex::functions`].
    pub function: u32,
    /// Which.
    pub param: u16,
    /// Whether it takes all arguments from its place on.
    pub is_rest: bool,
}

/// How a function stands among the arguments of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedWay {
    /// By its name, or as the result of a call.
    Named,
    /// Written out in place.
    Written,
    /// Within an argument: `get("/", wrap(handler))`, `route({ handler })`, `get("/", [first, second])`.
    Within,
    /// Written out as a property of an object: `run({ [POSTGRES]: () => rows(db) })`. Run where the callee calls what it is handed.
    Carried,
    /// As a text that spells its module: `enqueue("shop.tasks.ship")`, `add_job("shop.tasks:ship")`.
    Spelled,
}

/// Something that is put on an object from outside of its class: `app.state.pool = create_pool()`.
#[derive(Clone, Copy, Debug)]
pub struct PutRow {
    /// What it is put on.
    pub owner: TextId,
    /// The attribute.
    pub name: TextId,
    /// What it is.
    pub value: TextId,
}

/// Which parameter an argument is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKey {
    /// By position, from 0.
    Position(u16),
    /// By name.
    Name(TextId),
}

/// An argument whose value comes from somewhere that can be followed.
#[derive(Clone, Copy, Debug)]
pub struct ArgRow {
    /// Index of the call in [`FileIndex::calls`].
    pub call: u32,
    /// Which parameter it is for.
    pub key: ArgKey,
    /// The value.
    pub value: TextId,
}

/// A file as others see it.
#[derive(Debug, Default)]
pub struct FileIndex {
    /// Path texts and names.
    pub texts: Texts,
    /// Whether the file begins with the line that names its interpreter.
    pub has_interpreter: bool,
    /// The loops that do not end by their own condition: for each the function that it stands in, if it stands in one.
    pub endless: Vec<Option<u32>>,
    /// Directives at the top of the file: `use client`.
    pub directives: Vec<TextId>,
    /// Imports, in order.
    pub imports: Vec<ImportRow>,
    /// Functions, in order.
    pub functions: Vec<FunctionRow>,
    /// Classes, in order.
    pub classes: Vec<ClassRow>,
    /// Object literals whose properties may be followed, by node.
    pub objects: FxHashMap<NodeId, ObjectRow>,
    /// Calls, in order; those of which nothing is known are left out.
    pub calls: Vec<CallRow>,
    /// Targets of calls.
    pub targets: Vec<TextId>,
    /// Functions handed to calls.
    pub handed: Vec<HandedRow>,
    /// Parameters handed to calls of what may run functions in a role.
    pub handed_on: Vec<HandedOnRow>,
    /// Arguments of calls that may be of the repository's own functions, in the order of the calls.
    pub arguments: Vec<ArgRow>,
    /// What is put on objects, in order.
    pub put: Vec<PutRow>,
    /// Calls of a parameter that has a type, by index, in functions within that whose parameter it is.
    pub params_called: Vec<(u32, NodeId)>,
    /// Functions handed to the call whose result a name is given: `export const list = wrap(async (event) => ...)`. By what the name is of, an
    /// object literal, a class, or the top level as node 0, and by the name.
    pub wrapped: FxHashMap<(NodeId, Box<str>), Values>,
    /// What each name of the top level is.
    pub names: FxHashMap<Box<str>, Values>,
    /// Functions by name, at the top level.
    pub functions_by_name: FxHashMap<Box<str>, u32>,
    /// Classes by name, at the top level.
    pub classes_by_name: FxHashMap<Box<str>, u32>,
    /// Functions that no name leads to, by node.
    pub functions_by_node: FxHashMap<NodeId, u32>,
}

/// What the index asks about names, so that it keeps few rows.
pub trait Interest {
    /// Whether calls of something by this last name take functions worth following.
    fn takes_function(&self, name: &str) -> bool;
    /// Whether calls of something by this last name take the text that spells a function.
    fn takes_spelled(&self, name: &str) -> bool;
    /// Whether calls by this last name are kept although nothing is known of the receiver.
    fn keeps_unknown(&self, name: &str) -> bool;
    /// Whether a module that begins with this word is a library that facts speak of.
    fn is_library(&self, root: &str) -> bool;
}
