//! Kinds of loops, each seen from the call `q` in it.

use super::*;
use crate::model::index::call_flag;
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

#[test]
fn retries_are_told_by_whole_words_of_a_name() {
    for (over, expected) in [
        ("range(max_retries)", "retry"),
        ("range(self.retryCount)", "retry"),
        ("range(MAX_ATTEMPTS)", "retry"),
        ("range(maxTries)", "retry"),
        ("retrieved_docs", "per-item"),
        ("retro.entries", "per-item"),
    ] {
        let text = format!("for x in {over}:\n    q(x)\n");
        assert_eq!(kinds("a.py", &text), [expected], "{text}");
    }
}

#[test]
fn what_is_spread_into_a_literal_or_added_to_it_later_is_no_constant() {
    for (path, text, expected) in [
        ("a.py", "for x in [*users]:\n    q(x)\n", "per-item"),
        (
            "a.ts",
            "for (const x of [...new Set(ids)]) q(x)\n",
            "per-item",
        ),
        (
            "a.py",
            "ids = [1]\nids.extend(rows)\nfor x in ids:\n    q(x)\n",
            "per-item",
        ),
        (
            "a.py",
            "ids = [1]\ndef f():\n    ids.append(2)\nfor x in ids:\n    q(x)\n",
            "per-item",
        ),
        (
            "a.py",
            "by = {1: 2}\nby[3] = 4\nfor x in by:\n    q(x)\n",
            "per-item",
        ),
        (
            "a.py",
            "ids = [1]\ndef f(ids):\n    ids.append(2)\nfor x in ids:\n    q(x)\n",
            "constant",
        ),
        (
            "a.py",
            "ids = [1, *rows]\nfor x in ids:\n    q(x)\n",
            "per-item",
        ),
    ] {
        assert_eq!(kinds(path, text), [expected], "{text}");
    }
}

#[test]
fn what_is_fetched_in_batches_or_pages_may_be_run_over_by_row() {
    for (text, expected) in [
        (
            "for job in fetch_batch(limit=50):\n    q(job.id)\n",
            "per-item",
        ),
        ("[q(job.id) for job in fetch_batch(limit=50)]\n", "per-item"),
        ("for batch in fetch_batches():\n    q(batch)\n", "chunk"),
        (
            "for page in client.paginate():\n    q(page.rows)\n",
            "chunk",
        ),
        (
            "for data in get_paginated(url):\n    q(data['uuid'])\n",
            "per-item",
        ),
        (
            "for row in get_paginated(url):\n    q(row.id)\n",
            "per-item",
        ),
        ("for rows in get_paginated(url):\n    q(rows)\n", "chunk"),
        (
            "for data in get_paginated(url):\n    q(data['next'])\n    for row in data['rows']:\n        f(row)\n",
            "chunk",
        ),
        (
            "for page in get_paginated(url):\n    q(page['rows'])\n",
            "chunk",
        ),
        ("for chunk in chunked(rows, 50):\n    q(chunk)\n", "chunk"),
    ] {
        assert_eq!(kinds("a.py", text), [expected], "{text}");
    }
}

#[test]
fn a_delay_is_a_wait_where_it_is_awaited_or_takes_a_number() {
    let handled = |call: &str| {
        format!("for u in users:\n    try:\n        q(u)\n    except E:\n        {call}\n")
    };
    assert_eq!(kinds("a.py", &handled("repair.delay(u.id)")), ["per-item"]);
    assert_eq!(kinds("a.py", &handled("await delay(pause)")), ["retry"]);
    assert_eq!(kinds("a.py", &handled("delay(2 * 1000)")), ["retry"]);
}

#[test]
fn what_a_row_is_read_into_differs_from_turn_to_turn() {
    let text = "package a\nfunc f() {\n\tvar id, other int\n\tfor rows.Next() {\n\t\tif err := rows.Scan(&id); err != nil {\n\t\t}\n\t\tkey := id + 1\n\t\tq(key, other)\n\t}\n}\n";
    let tree = crate::lower::go::lower(text, false);
    let scopes = Scopes::new(&tree);
    let inner = tree
        .ids()
        .find(|id| tree.node(*id).kind == Kind::Name && tree.text(*id) == "q")
        .expect("a call of q");
    let at = around(&tree, &scopes, inner)[0];
    let names = carried(&tree, at);
    let holds = |name: &str| {
        tree.find_atom(name)
            .is_some_and(|atom| names.contains(&atom))
    };
    assert!(holds("id") && holds("key") && !holds("other"));
}

/// Whether the call of `q` in a file stands in a loop, as rules ask and as matchers look for it, which must be one answer.
fn is_repeated(path: &str, text: &str) -> bool {
    let scratch = Scratch::new("schema = \"perfctl.facts/1\"", &[(path, text)]);
    let view = &scratch.survey.view;
    let file = view
        .open(view.entry(path).expect("scanned"))
        .expect("readable");
    let code = file.code().expect("code");
    let index = &view.repo.file(code.id).index;
    let row = index
        .calls
        .iter()
        .find(|row| view.repo.file(code.id).text(row.name) == "q")
        .expect("a call of q");
    let by_matchers = row.flags & call_flag::IN_LOOP != 0;
    assert_eq!(
        !code.loops(row.node).is_empty(),
        by_matchers,
        "one answer: {text}"
    );
    by_matchers
}

#[test]
fn conditions_and_later_clauses_are_asked_in_each_turn() {
    for (text, expected) in [
        ("[u for u in users if q(u)]\n", true),
        ("[q(u) for u in users]\n", true),
        ("[v for u in users for v in q(u)]\n", true),
        ("[u for u in q()]\n", false),
        ("[v for u in q() for v in u]\n", false),
        ("while q():\n    f()\n", true),
        ("for u in q():\n    f()\n", false),
        ("for u in users:\n    f()\nelse:\n    q()\n", false),
    ] {
        let text = format!("from db import q\n{text}");
        assert_eq!(is_repeated("a.py", &text), expected, "{text}");
    }
    let count = "import { q } from './db'\nfor (let i = 0; i < q(); i++) f()\n";
    assert!(is_repeated("a.ts", count));
    let init = "import { q } from './db'\nfor (let i = q(); i < 9; i++) f()\n";
    assert!(!is_repeated("a.ts", init));
}

#[test]
fn the_innermost_clause_comes_first() {
    assert_eq!(
        kinds("a.py", "[q(u, v) for u in users for v in (1, 2)]\n"),
        ["constant", "per-item"]
    );
    assert_eq!(
        kinds("a.py", "[v for u in users if q(u) for v in (1, 2)]\n"),
        ["per-item"]
    );
}

#[test]
fn a_function_is_run_per_element_as_the_first_argument_or_behind_the_data() {
    for (text, expected) in [
        ("User.find({a: 1}, async (err, users) => q(users))\n", false),
        ("rows.map((row) => q(row))\n", true),
        ("rows.reduce((all, row) => q(row), [])\n", true),
        ("_.map(rows, (row) => q(row))\n", true),
        (
            "async.each(rows, (row, next) => q(row), (error) => f())\n",
            true,
        ),
        ("async.each(rows, f, (error) => q(error))\n", false),
    ] {
        let text = format!("import {{ q }} from './db'\n{text}");
        assert_eq!(is_repeated("a.js", &text), expected, "{text}");
    }
    assert_eq!(
        kinds("a.js", "_.map([1, 2], (row) => q(row))\n"),
        ["constant"]
    );
}

#[test]
fn a_condition_or_step_that_reads_on_makes_a_stream() {
    for (path, text) in [
        ("a.py", "while row := cursor.fetchone():\n    q(row)\n"),
        ("a.py", "while chunk := f.read(4096):\n    q(chunk)\n"),
        (
            "a.js",
            "while ((row = await cursor.next()) != null) q(row)\n",
        ),
        (
            "a.js",
            "while (await cursor.hasNext()) q(await cursor.next())\n",
        ),
        (
            "a.js",
            "for (let row = await c.next(); row; row = await c.next()) q(row)\n",
        ),
    ] {
        assert_eq!(kinds(path, text), ["stream"], "{text}");
    }
    assert_eq!(kinds("a.py", "while ready():\n    q()\n"), ["unknown"]);
}
