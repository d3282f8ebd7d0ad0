//! What holds of any text: broken, deep, in any encoding, or no Python at all.

use proptest::prelude::*;

use super::{check_shape, on_a_large_stack};
use crate::lower::python::{MAX_ERRORS, lower};
use crate::tree::{Kind, MAX_DEPTH, dump};

#[test]
fn comments_are_tokens_and_only_on_request() {
    let source = "# one\nx = '# none'  # two\n\"\"\"\n# none\n\"\"\"\n";
    let tree = lower(source, true);
    let texts: Vec<&str> = tree
        .comments
        .iter()
        .map(|span| &source[span.range()])
        .collect();
    assert_eq!(texts, ["# one", "# two"]);
    assert_eq!(lower(source, false).comments, []);
}

#[test]
fn offsets_count_a_byte_order_mark_and_wide_characters() {
    let source = "\u{feff}é = '😀'; ab = 1";
    let tree = lower(source, false);
    let places: Vec<&str> = tree
        .ids()
        .filter(|id| tree.text(*id) == "ab")
        .map(|id| &source[tree.node(id).span.range()])
        .collect();
    assert_eq!(places, ["ab"]);
    check_shape(source, &tree);
}

#[test]
fn one_broken_statement_costs_only_itself() {
    let source = "import os\ndef f(:\n  x = (1, 2\n  return y\nclass A(B:\n  def g(self): return h(\n\nz = os.sep\nimport re\n";
    let tree = lower(source, false);
    assert!(!tree.errors.is_empty());
    assert!(
        tree.errors
            .iter()
            .all(|(_, message)| message.starts_with(|c: char| !c.is_uppercase())),
        "{:?}",
        tree.errors
    );
    let text = dump(&tree);
    assert!(text.starts_with("(Import \"os\""), "{text}");
    assert!(text.contains("(Import \"re\""), "{text}");
    check_shape(source, &tree);
}

/// Statements that do not parse, each after its own manner.
const BROKEN: &[&str] = &[
    "x = = 1",
    "def (a): pass",
    "class : pass",
    "for in y: pass",
    "if : pass",
    "import",
    "from import a",
    "x = [1, 2",
    "f(a b)",
    "'open",
    "return return",
    "else: pass",
    "except: pass",
    "a.b.",
    "@",
    "x = lambda:",
    "x ? y",
    "f'{a'",
    "1__0",
    "with : pass",
    "del",
    "print 'a'",
    "{'a': }",
    "async x",
    "try: a",
    "match x:",
    "    indented = 1",
    "f\"{x!}\"",
    "\\ x",
    "0777",
    "global",
    "assert",
    "raise from x",
    "x = yield = 1",
    "$",
];

#[test]
fn statements_between_broken_ones_survive() {
    let mut source = String::new();
    let mut names = Vec::new();
    for round in 0..10 {
        for (i, broken) in BROKEN.iter().enumerate() {
            let name = format!("kept_{round}_{i}");
            source.push_str(broken);
            // What is open is closed by the blank line and the definition, as in code that is being typed.
            source.push_str(&format!("\n\ndef {name}():\n    return call_{name}(1)\n"));
            names.push(name);
        }
    }
    let tree = lower(&source, false);
    check_shape(&source, &tree);
    let kept = |name: &&String| {
        tree.ids()
            .any(|id| tree.node(id).kind == Kind::Function && tree.text(id) == name.as_str())
    };
    let lost: Vec<&String> = names.iter().filter(|name| !kept(name)).collect();
    assert_eq!(lost, Vec::<&String>::new());
}

#[test]
fn errors_beyond_a_hundred_are_counted() {
    let tree = lower(&"x = = 1\n".repeat(300), false);
    assert_eq!(tree.errors.len(), MAX_ERRORS + 1);
    assert!(
        tree.errors[MAX_ERRORS].1.contains("200 more"),
        "{:?}",
        tree.errors.last()
    );
}

#[test]
fn what_is_too_deep_is_cut_off_and_said() {
    on_a_large_stack(|| {
        for source in [
            format!("x = {}1", "-".repeat(5000)),
            format!("x = a{}", ".b".repeat(5000)),
            format!("if a: b\n{}", "elif a: b\n".repeat(5000)),
            format!("x = {}1", "lambda: ".repeat(5000)),
        ] {
            let tree = lower(&format!("{source}\nafter()\n"), false);
            assert_eq!(tree.errors.len(), 1);
            assert!(tree.errors[0].1.contains("nested deeper"));
            assert!(
                tree.ids()
                    .all(|id| tree.ancestors(id).count() < MAX_DEPTH + 5)
            );
            assert!(dump(&tree).ends_with(r#"(ExprStmt value:(Call callee:(Name "after")))"#));
            check_shape(&format!("{source}\nafter()\n"), &tree);
        }
    });
}

/// Pieces of Python that, thrown together, reach most of the parser.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b.c",
        "f(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "=",
        ":=",
        "->",
        "*",
        "**",
        "@",
        "\n",
        "\n  ",
        "\n    ",
        ";",
        "if ",
        "elif ",
        "else",
        "for ",
        " in ",
        "while ",
        "def ",
        "class ",
        "lambda ",
        "async ",
        "await ",
        "yield ",
        "from ",
        "import ",
        " as ",
        "with ",
        "try:",
        "except ",
        "finally:",
        "match ",
        "case ",
        "_",
        "return ",
        "raise ",
        "del ",
        "global ",
        "not ",
        " and ",
        " or ",
        " is ",
        "'",
        "\"",
        "'''",
        "f'",
        "f\"",
        "t'",
        "b'",
        "{x}",
        "{x!r:>{y}}",
        "1_0",
        "0x",
        "1e",
        "...",
        ".",
        "\\",
        "\\\n",
        "# c\n",
        "\t",
        "é",
        "😀",
        "\u{feff}",
        "\0",
        "\u{c}",
        "type ",
        "|",
        "~",
        "-",
        "<",
        "==",
        "!",
        "$",
        "?",
        "\r",
        "\r\n",
        "print ",
        "x",
        "pass",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_becomes_a_well_formed_tree(source in any::<String>()) {
        check_shape(&source, &lower(&source, true));
    }

    #[test]
    fn any_soup_of_python_becomes_a_well_formed_tree(source in soup()) {
        check_shape(&source, &lower(&source, true));
    }
}
