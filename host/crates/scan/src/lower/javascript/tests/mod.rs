//! What the lowerings of JavaScript and TypeScript make of sources, by topic, and what holds for every source.
//!
//! Every case goes through both lowerings, which must agree.

mod any_text;
mod broken;
mod declaration;
mod expression;
mod import;
mod statement;

use crate::lower::javascript::fallback::{self, Dialect};
use crate::lower::javascript::lower;
use crate::tree::{Kind, Tree, dump};

/// A path, a source and its top-level nodes.
type Case = (&'static str, &'static str, &'static [&'static str]);

#[track_caller]
fn check(cases: &[Case]) {
    for (path, source, expected) in cases {
        let tree = lower(source, path, false);
        assert_eq!(tree.errors, [], "{source}");
        assert_eq!(
            dump(&tree).lines().collect::<Vec<_>>(),
            *expected,
            "{source}"
        );
        let other = fallback::lower(source, Dialect::of(path), false, None);
        assert_eq!(
            dump(&other).lines().collect::<Vec<_>>(),
            *expected,
            "fallback: {source}"
        );
    }
}

/// The source text of every node of `kind`, in order.
fn texts(source: &str, tree: &Tree, kind: Kind) -> Vec<String> {
    let nodes = tree
        .ids()
        .map(|id| tree.node(id))
        .filter(|node| node.kind == kind);
    nodes
        .map(|node| source[node.span.range()].to_owned())
        .collect()
}

/// Both lowerings' trees.
fn both(source: &str, path: &str, want_comments: bool) -> [Tree; 2] {
    let other = fallback::lower(source, Dialect::of(path), want_comments, None);
    [lower(source, path, want_comments), other]
}

#[test]
fn a_lone_declaration_spans_its_statement_with_export_and_decorators() {
    let source = "export const a = 1;\nlet b = 2, c = 3;\n@D() export class E { @F() g() {} }";
    for tree in both(source, "a.ts", false) {
        assert_eq!(
            texts(source, &tree, Kind::Assign),
            ["export const a = 1;", "b = 2", "c = 3"]
        );
        assert_eq!(
            texts(source, &tree, Kind::Class),
            ["@D() export class E { @F() g() {} }"]
        );
        assert_eq!(texts(source, &tree, Kind::Function), ["@F() g() {}"]);
    }
}

#[test]
fn a_call_spans_its_whole_chain() {
    let source = "(await f(x)).g(y)?.h`z`;";
    for tree in both(source, "a.mjs", false) {
        let expected = ["(await f(x)).g(y)?.h`z`", "(await f(x)).g(y)", "f(x)"];
        assert_eq!(texts(source, &tree, Kind::Call), expected);
    }
}

#[test]
fn comments_are_kept_on_request_in_order() {
    let source = "// a\nf(1, /* b */ 2) // c\nconst x = <p>{/* d */}</p>\n";
    for (with, without) in both(source, "a.jsx", true)
        .iter()
        .zip(both(source, "a.jsx", false))
    {
        assert_eq!(without.comments, []);
        let comments: Vec<&str> = with
            .comments
            .iter()
            .map(|span| &source[span.range()])
            .collect();
        assert_eq!(comments, ["// a", "/* b */", "// c", "/* d */"]);
    }
}

#[test]
fn the_dialect_follows_the_extension() {
    // An arrow with a type parameter in one dialect, an unclosed tag in the other.
    assert_eq!(lower("const f = <T>(x: T) => x", "a.ts", false).errors, []);
    assert_ne!(lower("const f = <T>(x: T) => x", "a.tsx", false).errors, []);
    assert_eq!(lower("const x = <a>b</a>", "a.tsx", false).errors, []);
    assert_eq!(lower("const x = <a>b</a>", "a.js", false).errors, []);
    assert_eq!(lower("const x = <A>b", "a.mts", false).errors, []);
}

#[test]
fn javascript_may_be_a_script_or_have_types() {
    for source in [
        "function f(x: number): string { return <p/> }",
        "await = 1; <!-- old\nf()",
        "with (a) { b() }",
    ] {
        let tree = lower(source, "a.js", false);
        assert_eq!(tree.errors, [], "{source}");
        assert!(tree.len() > 3, "{source}");
    }
}

#[test]
fn a_byte_order_mark_or_a_shebang_counts_as_bytes_only() {
    for source in ["\u{feff}\nf(é)", "#!/usr/bin/env node\nf(é)"] {
        for tree in both(source, "a.js", false) {
            assert_eq!(texts(source, &tree, Kind::Call), ["f(é)"]);
        }
    }
}
