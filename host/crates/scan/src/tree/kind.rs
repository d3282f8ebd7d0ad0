//! What nodes there are. This page is the contract between the lowerings and everything above them.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

/// An enumeration that knows all of its members.
macro_rules! enumerated {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$each:meta])* $member:ident,)* }) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$each])* $member,)*
        }

        impl $name {
            /// Every one, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$member,)*];
        }
    };
}

enumerated! {
    /// What a node is. "Children" lists roles in order; `*` any number, `?` at most one. A node's span covers its whole
    /// text; `atom` is empty where nothing is said.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[repr(u8)]
    pub enum Kind {
        // --- structure -----------------------------------------------------------------------------------------------
        /// The file. Children: statements as `Body`.
        Module,
        /// Statements in braces or an indented suite, as the `Body`/`Else`/... child of what owns them. Children: `Body`*.
        Block,
        /// Function, method, arrow, lambda, Go function literal. Atom: its name (empty when anonymous; an arrow or function
        /// expression bound by `const f = ...`, a property or a class field takes that name). Span: from its first
        /// decorator. Flags: `ASYNC`, `GENERATOR`, `STATIC`, `LAMBDA` (an expression), `ABSTRACT` (no body).
        /// Children: `Decorator`* `Param`* `Returns`? `Body`? An arrow's or lambda's expression body is a `Block` holding
        /// one `Return`. A Go method has its receiver as the first `Param`, flagged `RECEIVER`.
        Function,
        /// Parameter. Atom: its name. Flags: `REST` (`*args`, `...x`), `REST_KEYWORDS` (`**kw`), `KEYWORD_ONLY`,
        /// `PROPERTY` (TypeScript `constructor(private x: T)`), `RECEIVER`. Children: `Decorator`* `Type`? `Default`?
        /// `Target`? (a destructuring pattern, the atom is then empty).
        Param,
        /// Class, Go struct type, TypeScript interface (flag `TYPE_ONLY`). Atom: name. Children: `Decorator`* `Base`*
        /// `Arg`* (Python class keywords, as `KwArg`) `Body`. The body is a `Block` of functions and `Assign`s (fields; a
        /// field without a value has `Target` and `Type` only). A Go embedded field is a `Base`.
        Class,
        /// `if`, `unless`, one Python `elif` is an `If` in the `Else` of the one before. Children: `Body`-less init first
        /// for Go as `Init`?, `Test`, `Body`, `Else`?.
        If,
        /// Loop over something: Python `for`, JS `for..of`, `for..in` (flag `KEYS`), Go `range`. Flags: `ASYNC`.
        /// Children: `Target`* `Iter` `Body` `Else`?.
        For,
        /// Loop with a counter: JS and Go `for (init; test; step)`. Children: `Init`? `Test`? `Step`? `Body`.
        CFor,
        /// Loop with a condition; Go `for {}` and `for cond {}`, `do while` (flag `DO`). Children: `Test`? `Body` `Else`?.
        While,
        /// Python `with`. Flags: `ASYNC`. Children: `Item`* `Body`. Each item is a `WithItem`.
        With,
        /// One managed value. Children: `Value` `Target`?.
        WithItem,
        /// `try`. Children: `Body` `Handler`* `Else`? `Finally`?.
        Try,
        /// `except`/`catch`. Atom: the bound name. Children: `Type`? `Body`.
        Handler,
        /// `match`, `switch`, Go `select` (flag `SELECT`). Children: `Value`? `Case`*.
        Switch,
        /// One arm; the default arm has no test. Children: `Test`* `Body`.
        Case,

        // --- simple statements ---------------------------------------------------------------------------------------
        /// An expression as a statement. Children: `Value`.
        ExprStmt,
        /// Binding or assignment: `a = b = v`, `x: T = v`, `const x = v`, `x := v`, Go `var`, a class field, a walrus.
        /// Flags: `CONST`, `DECLARE` (introduces the name), `EXPORT`, `STATIC`, `PRIVATE`, `PROPERTY` (a field of a Go struct, whose name nothing around reads).
        /// Children: `Decorator`* `Target`* `Type`? `Value`?.
        /// Each JS declarator and each Go name-value pair is an `Assign` of its own; `a, b := f()` keeps one with a `List` target.
        /// Destructuring targets are `List` or `Dict` patterns.
        Assign,
        /// `x += v`. Atom: the operator without `=`. Children: `Target` `Value`.
        AugAssign,
        /// Children: `Value`?. Go's several results are one `List`.
        Return,
        /// `raise`, `throw`. Children: `Value`?.
        Raise,
        /// `break`, flag `LABELLED` when it names an outer loop.
        Break,
        /// `continue`.
        Continue,
        /// Python `del`. Children: `Target`*.
        Delete,
        /// Python `global`, `nonlocal` (flag `NONLOCAL`). Children: `Name`s as `Target`.
        Global,
        /// Python `assert`. Children: `Test` `Value`?.
        Assert,
        /// Go `go f()`. Children: `Value`.
        Go,
        /// Go `defer f()`. Children: `Value`.
        Defer,
        /// `import m`, `from m import a`, JS `import ... from "m"`, a re-export `export {a} from "m"` (flag `EXPORT`), Go import.
        /// Atom: the module as written (Python: dotted, leading dots kept). Flags: `TYPE_ONLY`, `STAR` (`import *`, `export *`),
        /// `SIDE_EFFECT` (binds nothing). Children: `Item`*, each an `ImportName`.
        Import,
        /// A bound name of an import. Atom: the name in the module; `default` for a JS default import, empty for the module
        /// itself (`import m`, `import * as m`, Go). Flags: `TYPE_ONLY`. Children: a `Name` as `Target` holding the local name
        /// (always there, also without `as`; for Python `import a.b` it is `a`, with flag `TOP` on the `ImportName`).
        ImportName,
        /// JS `export {a as b}` and `export default <expression>` (atom `default`). A declaration under `export` is not
        /// wrapped: it carries the flag `EXPORT` (and `DEFAULT`). Children: `Value`?; `ImportName`s as `Item` for a list.
        Export,

        // --- expressions ---------------------------------------------------------------------------------------------
        /// Atom: the identifier. `this` is a `Name` with atom `this`, `super` likewise.
        Name,
        /// `base.name`. Atom: the name. Flags: `OPTIONAL` (`?.`). Children: `Value`.
        Attr,
        /// Call, `new` (flag `NEW`), Go composite literal and conversion (flag `COMPOSITE`: `T{Field: v}` has the type as callee and
        /// fields as `KwArg`), tagged template (flag `TAGGED`). Span of the whole chain up to the closing bracket.
        /// Children: `Callee` `Arg`*. A Python keyword is a `KwArg`; `*a` and `...a` a `Spread`; `**kw` a `Spread` with flag
        /// `REST_KEYWORDS`. TypeScript type arguments are dropped; a Go `[]T{..}` is a `List`, a `map[K]V{..}` a `Dict`.
        Call,
        /// Named argument. Atom: name. Children: `Value`.
        KwArg,
        /// `*x`, `**x`, `...x`. Children: `Value`.
        Spread,
        /// `base[index]`, Python subscript in types too. Children: `Value` `Index`.
        Index,
        /// `a:b:c` inside an index. Children: `Lower`? `Upper`? `Step`?.
        Slice,
        /// A string. Atom: its decoded value (lossy for bytes). Flags: `BYTES`. Adjacent Python literals are one node.
        Str,
        /// f-string, template literal. Atom: its literal parts joined, each hole as `{}`. Children: `Item`* (the holes).
        Template,
        /// A number. Atom: as written, without digit separators.
        Num,
        /// Atom: `true` or `false`.
        Bool,
        /// `None`, `null`, `undefined`, `nil`.
        Null,
        /// List, array, Go slice literal; flag `TUPLE` for a tuple. Atom: of a Go literal the name of the type that it holds (`T`, `pkg.T`), but
        /// for types of the language. Children: `Item`*.
        List,
        /// Set literal. Children: `Item`*.
        Set,
        /// Dictionary, object literal, Go map literal. Atom: as of a list, for the values. Children: `Item`*, each a `Pair`, `Spread`, or a `Function` (method shorthand,
        /// flag `METHOD`).
        Dict,
        /// `key: value`. Atom: the key's text when it is a plain name or a literal, else empty. Flags: `SHORTHAND` (`{a}`, the value is
        /// the `Name`), `COMPUTED`. Children: `Key`? (only when computed or not plain) `Value`.
        Pair,
        /// `await x`. Children: `Value`.
        Await,
        /// `yield`, flag `FROM` for `yield from`/`yield*`. Children: `Value`?.
        Yield,
        /// Comprehension, generator (flag `GENERATOR`); `KEYS` for a dict comprehension. Children: `Value` (element; for a dict a
        /// `Pair`) `Item`*, each a `Clause`. The element stands first, as in the text.
        Comprehension,
        /// `for x in y if z`. Flags: `ASYNC`. Children: `Target` `Iter` `Test`*.
        Clause,
        /// `a < b`. Atom: the operator of the first comparison (`in`, `not in`, `==`, `===`, `instanceof`, ...). Children: `Value`+.
        Compare,
        /// `and`/`or`/`??`, `&&`/`||`. Atom: `and`, `or` or `??`. Children: `Value`+.
        Logic,
        /// Other binary operators. Atom: as written. Children: `Value` `Value`. Go's channel send is `<-`.
        Binary,
        /// Atom: `not`, `-`, `~`, `typeof`, `void`, `delete`, `++`, `--`, Go receive `<-`. Children: `Value`.
        Unary,
        /// `a if t else b`, `t ? a : b`. Children: `Test` `Body` `Else`.
        Conditional,
        /// JSX element. Atom: tag. Children: `Arg`* (attributes as `KwArg`) `Item`*.
        Jsx,
        /// A type that no expression form fits: function types, object types, literal types, Go channel and function types. Unions are
        /// `Binary` with atom `|`; `list[T]`, `Promise<T>`, `Array<T>` and `T[]` (as `Array`) are `Index` with a `List`/type as `Index`; Go
        /// `[]T`, `map[K]V` and `*T`: `Index` over the names `slice`, `map`; pointers are transparent; `pkg.Type` is an `Attr`.
        Type,
        /// Anything else, kept so that its children are seen. Children: any.
        Other,
    }
}

/// What a child is to its parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(
    missing_docs,
    reason = "each role is named after its place in the syntax; `Kind` says where it occurs"
)]
pub enum Role {
    #[default]
    Root,
    Body,
    Else,
    Test,
    Init,
    Step,
    Iter,
    Target,
    Value,
    Callee,
    Arg,
    Key,
    Index,
    Lower,
    Upper,
    Item,
    Case,
    Handler,
    Finally,
    Decorator,
    Param,
    Returns,
    Type,
    Default,
    Base,
}

/// A set of modifiers, see [`Kind`] for which node carries which.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(pub u16);

#[expect(
    missing_docs,
    reason = "`Kind` says what each modifier means on which node"
)]
impl Flags {
    pub const NONE: Flags = Flags(0);
    pub const ASYNC: Flags = Flags(1);
    pub const GENERATOR: Flags = Flags(1 << 1);
    pub const STATIC: Flags = Flags(1 << 2);
    pub const LAMBDA: Flags = Flags(1 << 3);
    pub const METHOD: Flags = Flags(1 << 4);
    pub const TYPE_ONLY: Flags = Flags(1 << 5);
    pub const EXPORT: Flags = Flags(1 << 6);
    pub const DEFAULT: Flags = Flags(1 << 7);
    pub const CONST: Flags = Flags(1 << 8);
    pub const DECLARE: Flags = Flags(1 << 9);
    pub const REST: Flags = Flags(1 << 10);
    pub const REST_KEYWORDS: Flags = Flags(1 << 11);
    pub const KEYWORD_ONLY: Flags = Flags(1 << 12);
    pub const PROPERTY: Flags = Flags(1 << 13);
    pub const RECEIVER: Flags = Flags(1 << 14);
    pub const OPTIONAL: Flags = Flags(1 << 15);

    // One node kind never needs both of a pair below, so they share bits.
    pub const NEW: Flags = Flags(1 << 2);
    pub const COMPOSITE: Flags = Flags(1 << 3);
    pub const TAGGED: Flags = Flags(1 << 4);
    pub const ABSTRACT: Flags = Flags(1 << 5);
    pub const STAR: Flags = Flags(1 << 2);
    pub const SIDE_EFFECT: Flags = Flags(1 << 3);
    pub const TOP: Flags = Flags(1 << 4);
    pub const KEYS: Flags = Flags(1 << 2);
    pub const DO: Flags = Flags(1 << 3);
    pub const SELECT: Flags = Flags(1 << 4);
    pub const LABELLED: Flags = Flags(1 << 2);
    pub const BYTES: Flags = Flags(1 << 2);
    pub const TUPLE: Flags = Flags(1 << 2);
    pub const SHORTHAND: Flags = Flags(1 << 2);
    pub const COMPUTED: Flags = Flags(1 << 3);
    pub const FROM: Flags = Flags(1 << 2);
    pub const PRIVATE: Flags = Flags(1 << 3);
    pub const NONLOCAL: Flags = Flags(1 << 2);

    /// Whether every modifier of `other` is set.
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// `flag` when `on`, else nothing.
    pub fn when(on: bool, flag: Flags) -> Flags {
        if on { flag } else { Flags::NONE }
    }
}

impl BitOr for Flags {
    type Output = Flags;
    fn bitor(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Flags) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}
