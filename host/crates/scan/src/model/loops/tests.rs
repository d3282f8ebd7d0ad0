//! Kinds of loops, each seen from the call `q` in it.

use super::*;
use crate::repo::scratch::Scratch;

/// Kinds of the loops around the call `q` in a file of the given name, innermost first.
fn kinds(path: &str, text: &str) -> Vec<&'static str> {
    let scratch = Scratch::new("schema = \"perfctl.facts/1\"", &[(path, text)]);
    let view = &scratch.survey.view;
    let file = view
        .open(view.entry(path).expect("scanned"))
        .expect("readable");
    let code = file.code().expect("code");
    let tree = &code.syntax.tree;
    let is_q = |id: &NodeId| {
        tree.node(*id).kind == Kind::Call
            && tree
                .child(*id, Role::Callee)
                .is_some_and(|callee| tree.text(callee) == "q")
    };
    let call = tree.ids().find(is_q).expect("a call of q");
    code.loops(call).iter().map(|at| at.kind.word()).collect()
}

#[test]
fn what_a_loop_runs_over_decides_its_kind() {
    for (path, text, expected) in [
        ("a.py", "for x in rows:\n    q(x)\n", "per-item"),
        ("a.py", "for x in (A, B):\n    q(x)\n", "constant"),
        (
            "a.py",
            "for i in range(0, n, 100):\n    q(rows[i:i + 100])\n",
            "chunk",
        ),
        ("a.py", "[q(x) for x in rows]\n", "per-item"),
        (
            "a.py",
            "while True:\n    r = q(token=token)\n    token = r.token\n",
            "paging",
        ),
        ("a.py", "while True:\n    q()\n    time.sleep(5)\n", "poll"),
        ("a.py", "for attempt in range(tries):\n    q()\n", "retry"),
        (
            "a.ts",
            "for (const [k, v] of Object.entries(rows)) q(k)\n",
            "per-item",
        ),
        (
            "a.ts",
            "rows.map(async (row) => await q(row))\n",
            "per-item",
        ),
        ("a.ts", "for await (const row of rows) q(row)\n", "stream"),
        (
            "a.go",
            "package a\nfunc f() {\n\tfor rows.Next() {\n\t\tq()\n\t}\n}\n",
            "stream",
        ),
        (
            "a.go",
            "package a\nfunc f() {\n\tfor _, x := range xs {\n\t\tq(x)\n\t}\n}\n",
            "per-item",
        ),
    ] {
        assert_eq!(kinds(path, text), [expected], "{text}");
    }
}

#[test]
fn a_counter_that_steps_by_one_goes_item_by_item_and_one_that_strides_by_chunks() {
    assert_eq!(
        kinds("a.ts", "for (let i = 0; i < n; i += 1) q(rows[i])\n"),
        ["per-item"]
    );
    assert_eq!(
        kinds(
            "a.ts",
            "for (let i = 0; i < n; i += SIZE) q(rows.slice(i, i + SIZE))\n"
        ),
        ["chunk"]
    );
    assert_eq!(
        kinds("a.ts", "for (;;) { await q(); await sleep(1) }\n"),
        ["poll"]
    );
}

#[test]
fn a_row_that_is_called_chunk_is_a_row_where_its_fields_are_read() {
    assert_eq!(
        kinds("a.py", "for chunk in chunks:\n    q(chunk)\n"),
        ["chunk"]
    );
    assert_eq!(
        kinds("a.py", "for chunk in chunks:\n    q(chunk.id)\n"),
        ["per-item"]
    );
    assert_eq!(
        kinds(
            "a.ts",
            "for (const batch of batches) q(batch.map(f), batch.length)\n"
        ),
        ["chunk"]
    );
}
