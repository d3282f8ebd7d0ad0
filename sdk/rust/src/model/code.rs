//! Code: nodes, loops, functions.

// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

use crate::bindings::rule_pack::perfctl::plugin as raw;
use crate::list::IntoList;
use crate::literal::{Argument, Literal};
use crate::model::{File, Hop, Stop, Use};
use crate::words::{Presence, Reach};

/// A node of code. The tree is the same for Python, JavaScript, TypeScript and Go; brackets, type assertions and Go's `&x` and `*x` are
/// left out.
#[derive(Clone, Copy)]
pub struct Node(pub(crate) u32);

impl Node {
    /// What it is: `call`, `name`, `for`, ... The words are those of `NodeKind` in the stubs for Lua.
    ///
    /// One of [`NODE_KINDS`](crate::vocabulary::NODE_KINDS).
    #[inline]
    pub fn kind(self) -> String {
        raw::node::kind(self.0)
    }

    /// What it says: a name, the value of a string, a number as written, an operator; empty where nothing is said.
    #[inline]
    pub fn text(self) -> String {
        raw::node::text(self.0)
    }

    /// Its code as written.
    #[inline]
    pub fn source(self) -> String {
        raw::node::source(self.0)
    }

    /// Its first line.
    #[inline]
    pub fn line(self) -> u32 {
        raw::node::line(self.0)
    }

    /// Its last line.
    #[inline]
    pub fn last_line(self) -> u32 {
        raw::node::last_line(self.0)
    }

    /// The last name of what a call calls, of an attribute, or the name itself.
    #[inline]
    pub fn name(self) -> String {
        raw::node::name(self.0)
    }

    /// A number that tells it from other nodes of its file.
    #[inline]
    pub fn id(self) -> u32 {
        raw::node::id(self.0)
    }

    /// The file it stands in.
    #[inline]
    pub fn file(self) -> File {
        File(raw::node::file(self.0))
    }

    /// Whether it carries a modifier: `async`, `generator`, `static`, `lambda`, `new`, `composite`, `type-only`, `export`, `const`, `declare`.
    ///
    /// # Panics
    ///
    /// When there is no such word.
    #[track_caller]
    #[inline]
    pub fn has(self, flag: &str) -> bool {
        match raw::node::has(self.0, flag) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Its parent; none for the file's root.
    #[inline]
    pub fn parent(self) -> Option<Node> {
        raw::node::parent(self.0).map(Node)
    }

    /// Its first child with that role: `callee`, `arg`, `value`, `body`, ...
    ///
    /// `role`: one of [`NODE_ROLES`](crate::vocabulary::NODE_ROLES).
    ///
    /// # Panics
    ///
    /// When there is no such word.
    #[track_caller]
    #[inline]
    pub fn child(self, role: &str) -> Option<Node> {
        match raw::node::child(self.0, role) {
            Ok(found) => found.map(Node),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Its children in order, all or those with that role.
    ///
    /// `role`: one of [`NODE_ROLES`](crate::vocabulary::NODE_ROLES).
    ///
    /// # Panics
    ///
    /// When there is no such word.
    #[track_caller]
    #[inline]
    pub fn children<'a>(self, role: impl Into<Option<&'a str>>) -> Vec<Node> {
        match raw::node::children(self.0, role.into()) {
            Ok(found) => found.into_iter().map(Node).collect(),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Every node below it of these kinds, in order, at most 20 000; with `names` only those whose `name` is one of them: far quicker than
    /// to look at all.
    ///
    /// `kinds`: some of [`NODE_KINDS`](crate::vocabulary::NODE_KINDS).
    ///
    /// [`Self::descendants_named`] takes `names`.
    #[inline]
    pub fn descendants(self, kinds: impl IntoList) -> Vec<Node> {
        kinds.lend(|kinds| raw::node::descendants(self.0, kinds, None)).into_iter().map(Node).collect()
    }

    /// Every node below it of these kinds, in order, at most 20 000; with `names` only those whose `name` is one of them: far quicker than
    /// to look at all.
    ///
    /// `kinds`: some of [`NODE_KINDS`](crate::vocabulary::NODE_KINDS).
    #[inline]
    pub fn descendants_named(self, kinds: impl IntoList, names: impl IntoList) -> Vec<Node> {
        kinds.lend(|kinds| names.lend(|names| raw::node::descendants(self.0, kinds, Some(names)))).into_iter().map(Node).collect()
    }

    /// The nearest node around it of these kinds.
    ///
    /// `kinds`: some of [`NODE_KINDS`](crate::vocabulary::NODE_KINDS).
    #[inline]
    pub fn enclosing(self, kinds: impl IntoList) -> Option<Node> {
        kinds.lend(|kinds| raw::node::enclosing(self.0, kinds)).map(Node)
    }

    /// Whether it is `other` or lies below it.
    #[inline]
    pub fn is_within(self, other: Node) -> bool {
        raw::node::is_within(self.0, other.0)
    }

    /// Whether it is the same node of the same file.
    #[inline]
    pub fn same(self, other: Node) -> bool {
        raw::node::same(self.0, other.0)
    }

    /// What it is to its parent: the word of a role, or `root`, `case`, `lower` or `upper`.
    #[inline]
    pub fn role(self) -> String {
        raw::node::role(self.0)
    }

    /// The statement it is or stands in.
    #[inline]
    pub fn statement(self) -> Option<Node> {
        raw::node::statement(self.0).map(Node)
    }

    /// The statement after this one in the same block.
    #[inline]
    pub fn next_statement(self) -> Option<Node> {
        raw::node::next_statement(self.0).map(Node)
    }

    /// Whether it reads a name that `other` binds (the targets of an assignment, of a loop).
    #[inline]
    pub fn reads_from(self, other: Node) -> bool {
        raw::node::reads_from(self.0, other.0)
    }

    /// Its first byte, and where it ends.
    #[inline]
    pub fn bytes(self) -> (u32, u32) {
        raw::node::bytes(self.0)
    }

    /// What a call calls, as dotted paths resolved through imports, aliases and assignments (`requests.Session.get`); for code of the
    /// repository `path:symbol`. Several when branches differ, none when it is not known.
    #[inline]
    pub fn target(self) -> Vec<String> {
        raw::node::target(self.0)
    }

    /// Where a value comes from, in the same form.
    #[inline]
    pub fn origin(self) -> Vec<String> {
        raw::node::origin(self.0)
    }

    /// What sort of thing a value is, by its first origin: `library`, `project`, `param`, `literal` or `unknown`.
    #[inline]
    pub fn sort(self) -> String {
        raw::node::sort(self.0)
    }

    /// Whether a call calls one of these.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn is(self, patterns: impl IntoList) -> bool {
        match patterns.lend(|patterns| raw::node::is(self.0, patterns)) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Whether a value comes from one of these: the result of a call is `requests.Session()`.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn comes_from(self, patterns: impl IntoList) -> bool {
        match patterns.lend(|patterns| raw::node::comes_from(self.0, patterns)) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// What the packs' facts say of what a call calls, by key: `kind`, `library`, `timeout`, ...
    #[inline]
    pub fn fact(self, key: &str) -> Option<String> {
        raw::node::fact(self.0, key)
    }

    /// What a method is called on, or an attribute is read from.
    #[inline]
    pub fn receiver(self) -> Option<Node> {
        raw::node::receiver(self.0).map(Node)
    }

    /// What a call does through the functions of this repository that it runs (`db-read`, `http`, `sleep`, ...); second, what of it holds up
    /// the caller. Nothing for a call of a library: what that does, `fact` says.
    ///
    /// Some of [`EFFECTS`](crate::vocabulary::EFFECTS).
    #[inline]
    pub fn effects(self) -> (Vec<String>, Vec<String>) {
        raw::node::effects(self.0)
    }

    /// The calls below this one, in the functions of this repository that it runs, down to the one that has one of the effects; empty
    /// when none has. `blocking` asks for effects that hold up the caller.
    ///
    /// `effects`: some of [`EFFECTS`](crate::vocabulary::EFFECTS).
    ///
    /// # Panics
    ///
    /// When there is no such word.
    #[track_caller]
    #[inline]
    pub fn chain(self, effects: impl IntoList, blocking: bool) -> Vec<Hop> {
        match effects.lend(|effects| raw::node::chain(self.0, effects, blocking)) {
            Ok(found) => found.into_iter().map(Hop::read).collect(),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// The calls by which a coroutine gets to the function around this node in the thread of its own event loop; empty when that is a
    /// coroutine itself, none when none gets there.
    #[inline]
    pub fn from_loop(self) -> Option<Vec<Hop>> {
        raw::node::from_loop(self.0).map(|item| item.into_iter().map(Hop::read).collect())
    }

    /// The functions of this repository that a call runs, at most 64.
    #[inline]
    pub fn callees(self) -> Vec<Func> {
        raw::node::callees(self.0).into_iter().map(Func).collect()
    }

    /// The literal that it is or stands for, here or in another file.
    #[inline]
    pub fn literal(self) -> Literal {
        raw::node::literal(self.0)
    }

    /// What a string says together with what is added to it: `"SELECT " + columns` is `SELECT {}`. None behind another part.
    #[inline]
    pub fn joined(self) -> Option<String> {
        raw::node::joined(self.0)
    }

    /// The argument of a call by name or position.
    #[inline]
    pub fn arg<'a>(self, key: impl Into<Argument<'a>>) -> (Option<Node>, Presence) {
        let (part0, part1) = raw::node::arg(self.0, key.into());
        (part0.map(Node), Presence::read(&part1))
    }

    /// Every argument of a call, as values.
    #[inline]
    pub fn args(self) -> Vec<Node> {
        raw::node::args(self.0).into_iter().map(Node).collect()
    }

    /// The value under a key of a dictionary, object or struct literal, or of the one that a name stands for.
    #[inline]
    pub fn entry(self, key: &str) -> (Option<Node>, Presence) {
        let (part0, part1) = raw::node::entry(self.0, key);
        (part0.map(Node), Presence::read(&part1))
    }

    /// The one value that a name was given in this file.
    #[inline]
    pub fn value(self) -> Option<Node> {
        raw::node::value(self.0).map(Node)
    }

    /// What defines an imported name or an attribute of an instance, in whatever file: the value of its only assignment, or the
    /// function or class.
    #[inline]
    pub fn definition(self) -> Option<Node> {
        raw::node::definition(self.0).map(Node)
    }

    /// Which parameter of the function around a name is.
    #[inline]
    pub fn param_position(self) -> Option<u32> {
        raw::node::param_position(self.0)
    }

    /// The loops around it within its function, innermost first; functions handed to `map`, `forEach` and the like are looked through.
    #[inline]
    pub fn loops(self) -> Vec<Loop> {
        raw::node::loops(self.0).into_iter().map(Loop).collect()
    }

    /// The function that it is, or the one around it; none at the top level.
    #[inline]
    pub fn func(self) -> Option<Func> {
        raw::node::func(self.0).map(Func)
    }

    /// How the code here comes to run: `request`, `worker`, `startup`, `build`, `script`, `test` or `unknown`.
    #[inline]
    pub fn reach(self) -> Reach {
        Reach::read(&raw::node::reach(self.0))
    }

    /// Qualified name of the function or class around it; empty at the top level.
    #[inline]
    pub fn symbol(self) -> String {
        raw::node::symbol(self.0)
    }

    /// The functions from the one that a platform calls down to the one around this node.
    #[inline]
    pub fn route(self) -> Vec<Stop> {
        raw::node::route(self.0).into_iter().map(Stop::read).collect()
    }

    /// Whether it is an `await`, or awaited.
    #[inline]
    pub fn is_awaited(self) -> bool {
        raw::node::is_awaited(self.0)
    }

    /// The calls in whose arguments it stands, innermost first, also those around the functions that it stands in.
    #[inline]
    pub fn argument_of(self) -> Vec<Node> {
        raw::node::argument_of(self.0).into_iter().map(Node).collect()
    }

    /// The calls chained on this one's result, nearest first; and those that it is chained on.
    #[inline]
    pub fn chained(self) -> (Vec<Node>, Vec<Node>) {
        let (part0, part1) = raw::node::chained(self.0);
        (part0.into_iter().map(Node).collect(), part1.into_iter().map(Node).collect())
    }

    /// The names that read a variable holding the value itself, in order, within `within` or the function around; none when the value
    /// is kept where its uses are not seen.
    ///
    /// # Panics
    ///
    /// When the host says that the plugin made a mistake.
    #[track_caller]
    #[inline]
    pub fn aliases(self, within: impl Into<Option<Node>>) -> Option<Vec<Node>> {
        match raw::node::aliases(self.0, within.into().map(|within| within.0)) {
            Ok(found) => found.map(|item| item.into_iter().map(Node).collect()),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Where the value and what is made from it goes, within `within` or the function around: the expression itself first.
    ///
    /// # Panics
    ///
    /// When the host says that the plugin made a mistake.
    #[track_caller]
    #[inline]
    pub fn uses(self, within: impl Into<Option<Node>>) -> Vec<Use> {
        match raw::node::uses(self.0, within.into().map(|within| within.0)) {
            Ok(found) => found.into_iter().map(Use::read).collect(),
            Err(message) => crate::failure::mistake(&message),
        }
    }
}

/// A loop around a node: a statement, a clause of a comprehension, or the call of a method such as `map`.
#[derive(Clone, Copy)]
pub struct Loop(pub(crate) u32);

impl Loop {
    /// What it turns over: `constant`, `stream`, `chunk`, `paging`, `retry`, `poll`, `per-item` or `unknown`.
    #[inline]
    pub fn kind(self) -> String {
        raw::loop_::kind(self.0)
    }

    /// The loop.
    #[inline]
    pub fn node(self) -> Node {
        Node(raw::loop_::node(self.0))
    }

    /// What it runs over, if it runs over something.
    #[inline]
    pub fn iter(self) -> Option<Node> {
        raw::loop_::iter(self.0).map(Node)
    }

    /// Whether an expression reads the loop's element, or something made from it in the body.
    #[inline]
    pub fn carries(self, node: Node) -> bool {
        raw::loop_::carries(self.0, node.0)
    }
}

/// A function of the repository.
#[derive(Clone, Copy)]
pub struct Func(pub(crate) u32);

impl Func {
    /// Its node.
    #[inline]
    pub fn node(self) -> Node {
        Node(raw::func::node(self.0))
    }

    /// Its name; empty for an anonymous one.
    #[inline]
    pub fn name(self) -> String {
        raw::func::name(self.0)
    }

    /// Whether it is a coroutine.
    #[inline]
    pub fn is_async(self) -> bool {
        raw::func::is_async(self.0)
    }

    /// Whether it is a generator.
    #[inline]
    pub fn is_generator(self) -> bool {
        raw::func::is_generator(self.0)
    }

    /// Whether it is an arrow or lambda.
    #[inline]
    pub fn is_lambda(self) -> bool {
        raw::func::is_lambda(self.0)
    }

    /// How it comes to run.
    #[inline]
    pub fn reach(self) -> Reach {
        Reach::read(&raw::func::reach(self.0))
    }

    /// Its parameters.
    #[inline]
    pub fn params(self) -> Vec<Node> {
        raw::func::params(self.0).into_iter().map(Node).collect()
    }

    /// What its decorators are, calls without their arguments; empty texts for what is not known.
    #[inline]
    pub fn decorators(self) -> Vec<String> {
        raw::func::decorators(self.0)
    }

    /// What running it does; second, what of it holds up the caller.
    ///
    /// Some of [`EFFECTS`](crate::vocabulary::EFFECTS).
    #[inline]
    pub fn effects(self) -> (Vec<String>, Vec<String>) {
        raw::func::effects(self.0)
    }

    /// The first call in it, functions within included, that calls one of these.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn calls(self, patterns: impl IntoList) -> Option<Node> {
        match patterns.lend(|patterns| raw::func::calls(self.0, patterns)) {
            Ok(found) => found.map(Node),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// The calls that run it, at most 64.
    #[inline]
    pub fn callers(self) -> Vec<Node> {
        raw::func::callers(self.0).into_iter().map(Node).collect()
    }

    /// The calls that hand it to something that runs it in a role: `router.get("/", list)`.
    #[inline]
    pub fn registrations(self) -> Vec<Node> {
        raw::func::registrations(self.0).into_iter().map(Node).collect()
    }

    /// The functions from the one that a platform calls down to this one, itself last.
    #[inline]
    pub fn route(self) -> Vec<Stop> {
        raw::func::route(self.0).into_iter().map(Stop::read).collect()
    }
}
