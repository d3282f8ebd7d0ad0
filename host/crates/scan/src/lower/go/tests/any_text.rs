//! What holds for every source, Go or not.

use proptest::prelude::*;

use crate::lower::go::lower;
use crate::tree::{MAX_DEPTH, Tree};

/// Words that make up something like Go more often than characters would.
const WORDS: &[&str] = &[
    "func",
    "f",
    "x",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ":=",
    "=",
    ",",
    ";",
    "\n",
    "if",
    "else",
    "for",
    "range",
    "switch",
    "case",
    "default",
    ":",
    "select",
    "go",
    "defer",
    "return",
    "type",
    "struct",
    "interface",
    "map",
    "chan",
    "<-",
    "*",
    "&",
    "!",
    "+",
    "&&",
    ".",
    "...",
    "var",
    "const",
    "import",
    "\"s\"",
    "`r`",
    "'c'",
    "1",
    "nil",
    "package",
    "T",
    "é",
    "// c\n",
    "/*",
    "break",
    "label:",
];

pub(super) fn check_invariants(source: &str, tree: &Tree) {
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

#[test]
fn a_slice_without_its_bracket_splits_no_character() {
    for source in ["Aa·[:À=a", "a[1:é", "a[:"] {
        check_invariants(source, &lower(source, true));
    }
}

proptest! {
    #[test]
    fn any_text_has_a_tree_whose_spans_nest(source in any::<String>()) {
        check_invariants(&source, &lower(&source, true));
    }

    #[test]
    fn any_words_have_a_tree_whose_spans_nest(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let source = words.join(" ");
        check_invariants(&source, &lower(&source, true));
    }

    #[test]
    fn a_source_that_is_cut_anywhere_still_has_a_tree(at in 0..SAMPLE.len()) {
        if let Some(source) = SAMPLE.get(..at) {
            check_invariants(source, &lower(source, false));
        }
    }
}

const SAMPLE: &str = "package main\n\nimport (\n\t\"fmt\"\n\tr \"github.com/x/y/v2\"\n)\n\ntype T struct {\n\tA int `json:\"é\"`\n\tr.B\n}\n\n\
    func (t *T) Get(ctx context.Context, ids ...string) (map[string]T, error) {\n\tfor i, id := range ids {\n\t\tif v, ok := t.m[id]; ok {\n\t\t\tgo func() { fmt.Println(v) }()\n\t\t}\n\
    \t}\n\tswitch x := y.(type) {\n\tcase int:\n\t\tx++\n\tdefault:\n\t}\n\treturn map[string]T{\"a\": {A: 1}}, nil\n}\n";

#[test]
fn nesting_beyond_the_limit_is_cut_off_and_said() {
    for source in [
        format!("var x = {}1{}", "(".repeat(20_000), ")".repeat(20_000)),
        format!("var x = a{}", ".b".repeat(20_000)),
        format!("var x = 1{}", " + 1".repeat(20_000)),
        format!("var x = {}a", "-".repeat(20_000)),
    ] {
        let tree = lower(&source, false);
        let deepest = tree
            .ids()
            .map(|id| tree.node(id))
            .filter(|node| node.span.start > 0)
            .count();
        assert!(deepest > 0 && tree.len() < 20_000 * 3);
        let too_deep = tree
            .errors
            .iter()
            .any(|(_, message)| message.contains(&MAX_DEPTH.to_string()));
        // Brackets leave no node, so that they nest for nothing.
        assert_eq!(too_deep, !source.contains('('));
    }
}
