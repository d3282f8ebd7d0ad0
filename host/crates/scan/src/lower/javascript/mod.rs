//! Lowers JavaScript and TypeScript to the neutral tree: oxc's parser, and tree-sitter for files that oxc gives up on.
//!
//! Knows how a path names its dialect. Neither parser's types leave this folder. Where [`Kind`] leaves a choice, this is how
//! these languages fill it:
//! - An assignment that is a whole statement is the [`Kind::Assign`] itself, without [`Kind::ExprStmt`] around it. What a loop or
//!   branch owns is a [`Kind::Block`] also without braces. Several variables in the head of a `for` are a `Block` as `Init`.
//! - A function or class takes the name it is bound to (variable, property, field, attribute, member assigned to) rather than
//!   its own. A member with a computed name goes by `[name]`. Methods of object literals are `METHOD` and `LAMBDA`.
//! - A default in a pattern is an `Assign`; a hole in an array or pattern is a [`Kind::Null`].
//! - A template without holes is a [`Kind::Str`]; a regular expression, a sequence `a, b` and `debugger` are
//!   [`Kind::Other`], the first with its text. Text between JSX tags is left out.
//! - Cases with nothing of their own (`case 1: case 2:`) are one [`Kind::Case`]. A pattern that `catch` binds is a `Target`.
//! - `type A = B` is an `Assign` of `B` to `A` with `TYPE_ONLY`; an alias of an object type is an interface. An implemented
//!   interface is a `Base` with `TYPE_ONLY`. Enumerations are classes of constants, namespaces blocks with their name.
//! - Members of an object type written in place are [`Kind::Pair`]s, parameters of a function type are types as `Arg`:
//!   neither binds a name. Type arguments of calls and bases are left out, type parameters everywhere.
//! - `export default value` and `export = value` are a [`Kind::Export`] with the text `default`. `import * as n` has no `STAR`.

mod annotation;
mod chain;
mod class;
mod component;
mod declaration;
mod entity;
mod expression;
mod fallback;
mod import;
mod jsx;
mod object;
mod pattern;
mod statement;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_parser::{ParseOptions, Parser, ParserReturn};
use oxc_span::{GetSpan, SourceType, Span};
use perfctl_core::place::ByteSpan;
use smallvec::SmallVec;

use self::chain::Link;
pub use self::component::is_component;
pub(crate) use self::component::scripts;
use self::fallback::Dialect;
use super::agenda::too_deep;
use crate::tree::{Atom, Builder, Flags, Kind, MAX_DEPTH, NodeId, Role, Tree};

/// An arena that grew beyond this many bytes for one file is given back instead of kept for the next.
const KEPT: usize = 32 << 20;

thread_local! {
    static ARENA: RefCell<Allocator> = RefCell::new(Allocator::new());
}

/// The neutral tree of `source`, of a component of its scripts. The dialect follows from the extension of `path` (`.ts` has no JSX, `.tsx` and every
/// kind of `.js` have). There always is one: what could not be parsed stands in [`Tree::errors`].
///
/// Descends the syntax by calls, so a thread with an ordinary stack may only be given sources that
/// [`guard`](crate::lower::guard) lets pass.
pub fn lower(source: &str, path: &str, want_comments: bool) -> Tree {
    let source = &*scripts(source, path);
    ARENA.with_borrow_mut(|arena| {
        // Reset before, not after: a panic that was caught above must not leave its garbage to the next file.
        arena.reset();
        let tree = read(arena, source, path, want_comments);
        if arena.capacity() > KEPT {
            *arena = Allocator::new();
        }
        tree
    })
}

fn read<'a>(arena: &'a Allocator, source: &'a str, path: &str, want_comments: bool) -> Tree {
    let mut complaint = None;
    for source_type in attempts(path) {
        let parsed = parse(arena, source, source_type);
        if !parsed.panicked {
            // Whatever oxc complains about now, it has recovered from without leaving anything out of its tree.
            let recovered = !parsed.diagnostics.is_empty();
            let program = arena.alloc(parsed.program);
            return Lowering::new(source).program(program, want_comments, recovered);
        }
        if complaint.is_none() {
            complaint = parsed.diagnostics.first().map(|diagnostic| {
                let label = diagnostic.labels.first();
                let span = label.map_or(ByteSpan::default(), |label| {
                    let start = label.offset();
                    ByteSpan::new(start, start + label.len())
                });
                (span, diagnostic.message.to_string())
            });
        }
    }
    fallback::lower(source, Dialect::of(path), want_comments, complaint)
}

fn parse<'a>(arena: &'a Allocator, source: &'a str, source_type: SourceType) -> ParserReturn<'a> {
    let options = ParseOptions {
        allow_return_outside_function: true,
        preserve_parens: false,
        enable_ident_hashes: false,
        ..ParseOptions::default()
    };
    Parser::new(arena, source, source_type)
        .with_options(options)
        .parse()
}

/// What to parse a file as, likeliest first. JavaScript is often not what its extension says: scripts that a module's
/// rules forbid, and sources with type annotations for Flow or a bundler.
fn attempts(path: &str) -> SmallVec<[SourceType; 3]> {
    let mut list = SmallVec::new();
    if is_component(path) {
        list.extend([SourceType::ts(), SourceType::tsx()]);
        return list;
    }
    let first = SourceType::from_path(path).unwrap_or_else(|_| SourceType::jsx());
    list.push(first);
    if first.is_javascript() {
        list.push(SourceType::script().with_jsx(true));
        list.push(SourceType::tsx());
    }
    list
}

/// The state of one lowering. Its methods lie in the files of this folder, by the kind of syntax they read.
struct Lowering<'a> {
    builder: Builder,
    source: &'a str,
    /// What is still to be read of the chains being descended, see [`chain`].
    links: Vec<Link<'a>>,
    scratch: String,
    /// The first place that was too deep to lower.
    cut: Option<ByteSpan>,
}

/// What surrounds a declaration: its statement's span and the flags of an `export`.
#[derive(Clone, Copy)]
struct Outer {
    span: Span,
    flags: Flags,
}

impl Outer {
    /// A declaration that stands alone.
    fn bare(span: Span) -> Self {
        Self {
            span,
            flags: Flags::NONE,
        }
    }
}

impl<'a> Lowering<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            builder: Builder::new(source.len()),
            source,
            links: Vec::new(),
            scratch: String::new(),
            cut: None,
        }
    }

    fn program(mut self, program: &'a Program<'a>, want_comments: bool, recovered: bool) -> Tree {
        if want_comments {
            for comment in &program.comments {
                self.builder.comment(bytes(comment.span));
            }
        }
        self.directives(&program.directives);
        self.statements(&program.body);
        if recovered {
            self.builder.nest_spans();
        }
        if let Some(place) = self.cut {
            self.builder.error(place, too_deep());
        }
        self.builder.finish()
    }

    /// Whether the tree is too deep for `syntax`; remembers the first such place.
    fn is_too_deep(&mut self, syntax: &impl GetSpan) -> bool {
        let too_deep = self.builder.depth() >= MAX_DEPTH;
        if too_deep {
            self.cut.get_or_insert(bytes(syntax.span()));
        }
        too_deep
    }

    fn open(&mut self, kind: Kind, role: Role, span: Span) -> NodeId {
        self.builder.open(kind, role, bytes(span))
    }

    fn open_with(
        &mut self,
        kind: Kind,
        role: Role,
        span: Span,
        flags: Flags,
        atom: Atom,
    ) -> NodeId {
        self.builder.open_with(kind, role, bytes(span), flags, atom)
    }

    fn leaf(&mut self, kind: Kind, role: Role, span: Span, atom: Atom) {
        self.builder
            .leaf(kind, role, bytes(span), Flags::NONE, atom);
    }

    /// A leaf whose text is `text`.
    fn word(&mut self, kind: Kind, role: Role, span: Span, text: &str) {
        let atom = self.builder.atom(text);
        self.leaf(kind, role, span, atom);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

fn bytes(span: Span) -> ByteSpan {
    ByteSpan::new(span.start, span.end)
}
