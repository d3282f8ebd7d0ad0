//! Sources with errors: one costs a statement, not the file.

use super::texts;
use crate::lower::javascript::lower;
use crate::tree::{Kind, Tree};

fn functions(tree: &Tree) -> Vec<&str> {
    let functions = tree
        .ids()
        .filter(|id| tree.node(*id).kind == Kind::Function);
    functions.map(|id| tree.text(id)).collect()
}

#[test]
fn a_broken_statement_leaves_the_others_whole() {
    let source = "import x from 'x'\nfunction f() { const a = b( ;\n for (const y of ys) { await g(y) } }\nclass A { m() { h(; } async n() { await k() } }\nfunction o() {}\n";
    for path in ["a.js", "a.ts", "a.tsx"] {
        let tree = lower(source, path, false);
        assert_eq!(functions(&tree), ["f", "m", "n", "o"], "{path}");
        assert_eq!(
            texts(source, &tree, Kind::Call),
            ["g(y)", "h(", "k()"],
            "{path}"
        );
        assert_eq!(
            texts(source, &tree, Kind::Import),
            ["import x from 'x'"],
            "{path}"
        );
        assert_eq!(
            texts(source, &tree, Kind::Await),
            ["await g(y)", "await k()"],
            "{path}"
        );
        assert!(!tree.errors.is_empty(), "{path}");
    }
}

#[test]
fn an_unfinished_file_keeps_what_was_written() {
    let source = "export async function f(db) {\n  await db.find({ a: 1 })\n  if (x) {\n    g(";
    let tree = lower(source, "a.js", false);
    assert!(texts(source, &tree, Kind::Call).contains(&"db.find({ a: 1 })".to_owned()));
    assert!(!tree.errors.is_empty());
}

#[test]
fn errors_name_the_place_and_what_stands_there() {
    let tree = lower("f()\n} g()", "a.js", false);
    assert_eq!(tree.errors.len(), 1);
    assert_eq!(
        (tree.errors[0].0.start, tree.errors[0].1.as_str()),
        (4, "unexpected `}`")
    );
    let tree = lower("if (a { f() }", "a.js", false);
    assert_eq!(tree.errors[0].1, "expected `)`");
}

#[test]
fn a_file_that_only_oxc_refuses_still_has_an_error() {
    let source = "f(a,, b); h()";
    let tree = lower(source, "a.js", false);
    assert_eq!(tree.errors.len(), 1);
    assert_eq!(texts(source, &tree, Kind::Call), ["f(a,, b)", "h()"]);
}

#[test]
fn type_arguments_behind_await_and_assertions_bind_as_the_language_says() {
    // The grammar of the fallback binds these otherwise; an error elsewhere makes it read them.
    let source = "const r = await a.b<T>(x); const n = p - q!.s; const t = u as v.W; }";
    let tree = lower(source, "a.ts", false);
    let dump = crate::tree::dump(&tree);
    for part in [
        r#"value:(Await value:(Call callee:(Attr "b" value:(Name "a")) arg:(Name "x")))"#,
        r#"value:(Binary "-" value:(Name "p") value:(Attr "s" value:(Name "q")))"#,
        r#"target:(Name "t") value:(Name "u")"#,
    ] {
        assert!(dump.contains(part), "{part}\n{dump}");
    }
}
