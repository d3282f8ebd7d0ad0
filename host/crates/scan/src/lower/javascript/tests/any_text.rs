//! What holds for every source, JavaScript or not.

use std::thread;

use proptest::prelude::*;

use super::both;
use crate::lower::javascript::lower;
use crate::tree::{MAX_DEPTH, Tree};

/// Words that make up something like TypeScript more often than characters would.
const WORDS: &[&str] = &[
    "function",
    "f",
    "x",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "=>",
    "=",
    ",",
    ";",
    "\n",
    "if",
    "else",
    "for",
    "of",
    "in",
    "switch",
    "case",
    "default",
    ":",
    "class",
    "extends",
    "async",
    "await",
    "return",
    "const",
    "let",
    "import",
    "from",
    "export",
    "type",
    "interface",
    "<",
    ">",
    "/>",
    "</",
    "?.",
    "!",
    "+",
    "&&",
    "??",
    ".",
    "...",
    "\"s\"",
    "`t${",
    "}`",
    "/r/",
    "1",
    "null",
    "as",
    "T",
    "é",
    "// c\n",
    "/*",
    "@d",
    "static",
    "enum",
    "namespace",
    "new",
    "|",
    "?",
    "yield",
    "get",
    "#p",
];

fn check_invariants(source: &str, tree: &Tree) {
    for id in tree.ids().skip(1) {
        let node = tree.node(id);
        let outer = tree.node(node.parent).span;
        assert!(
            outer.contains(node.span),
            "{source:?}: {:?} {:?} outside of {outer:?}",
            node.kind,
            node.span
        );
        assert!(
            source.get(node.span.range()).is_some(),
            "{source:?}: {:?} splits a character",
            node.span
        );
    }
    for (span, _) in &tree.errors {
        assert!(
            source.get(span.range()).is_some(),
            "{source:?}: error at {span:?}"
        );
    }
    assert!(
        tree.errors.is_sorted_by_key(|(span, _)| span.start),
        "{source:?}"
    );
}

fn check_both(source: &str) {
    for path in ["a.js", "a.ts", "a.tsx"] {
        for tree in both(source, path, true) {
            check_invariants(source, &tree);
        }
    }
}

proptest! {
    #[test]
    fn any_text_has_a_tree_whose_spans_nest(source in any::<String>()) {
        check_both(&source);
    }

    #[test]
    fn any_words_have_a_tree_whose_spans_nest(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        check_both(&words.join(" "));
    }

    #[test]
    fn a_source_that_is_cut_anywhere_still_has_a_tree(at in 0..SAMPLE.len()) {
        if let Some(source) = SAMPLE.get(..at) {
            check_both(source);
        }
    }
}

const SAMPLE: &str = "import d, { a as b } from 'm'\nexport const c = async ({ x, y = 1 }: P, ...r: Q[]): Promise<R | null> => {\n  for await (const [k, v] of m) {\n    if (!k?.l!.n) continue\n\
    \x20   await Promise.all(xs.map(async (x) => sql`select ${x} é`))\n  }\n  switch (x) { case 1: default: return <A b={c} {...d}>t{e}</A> }\n}\n@D()\nexport class S extends B<T> implements I {\n  private readonly a: string = 'x'\n\
    \x20 constructor(private b: C) { super() }\n  get c() { return { a, [b]: 1, d() {}, ...e } }\n}\ntype U = { [K in keyof T]?: T[K] } & { a(): void }\nenum E { A = 1 }\n";

#[test]
fn nesting_beyond_the_limit_is_cut_off_and_said() {
    // The parser itself goes as deep as the source.
    let deep = thread::Builder::new().stack_size(512 << 20).spawn(|| {
        for (path, source) in [
            ("a.js", format!("x = a{}", ".b".repeat(20_000))),
            ("a.js", format!("x = 1{}", " + 1".repeat(20_000))),
            ("a.js", format!("x = {}a", "!".repeat(5_000))),
            (
                "a.js",
                format!("x = {}a{}", "[".repeat(5_000), "]".repeat(5_000)),
            ),
            ("a.ts", format!("let x: T{}", "[]".repeat(20_000))),
            (
                "a.jsx",
                format!("x = {}{}", "<a>".repeat(5_000), "</a>".repeat(5_000)),
            ),
            (
                "a.js",
                format!("let {}a{} = b", "[".repeat(5_000), "]".repeat(5_000)),
            ),
            ("a.js", format!("{}f()", "if (a) b(); else ".repeat(5_000))),
        ] {
            for tree in both(&source, path, false) {
                let said = tree
                    .errors
                    .iter()
                    .any(|(_, text)| text.contains(&MAX_DEPTH.to_string()));
                assert!(said, "{}: {:?}", &source[..40], tree.errors);
            }
        }
    });
    let ended = deep.expect("a thread with a large stack starts").join();
    assert!(ended.is_ok());
}

#[test]
fn a_long_chain_needs_no_deep_stack() {
    let source = format!("x = a{}", ".b(1)[c] + d".repeat(20_000));
    let tree = lower(&source, "a.js", false);
    assert!(tree.len() > MAX_DEPTH);
}
