//! The collector on captured outputs of ripgrep and grep, and on bytes made at random.

use perfctl_core::seams::{Collected, Collector, Output};
use proptest::prelude::*;

use super::*;
use crate::capture::{labelled, options, streams, value};

fn collect(output: Output<'_>) -> Collected {
    Grep.collect(output, &options(&[("label", "select star")]))
        .expect("readable")
}

fn list_of(collected: &Collected) -> Vec<String> {
    String::from_utf8_lossy(&collected.artifacts[0].1)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_form_counts_the_same_lines() {
    for name in ["rg-json", "rg-null-sep", "rg-n-sorted"] {
        let collected = collect(streams(&format!("ripgrep-grep/{name}")).exit(0));
        assert_eq!(
            labelled(&collected, "matches", "pattern", "select star"),
            Some(7.0),
            "{name}"
        );
        assert_eq!(value(&collected, "matches.files"), 6.0, "{name}");
        assert_eq!(collected.inconclusive, None, "{name}");
        let list = list_of(&collected);
        assert!(
            list.contains(&"app/crlf.sql:1: line one SELECT * FROM a".to_owned()),
            "{name}: {list:?}"
        );
        let colon =
            "dir with space/we:ird.js:1: const q = \"SELECT * FROM x\"; // colon:in:line:42:here";
        assert!(list.contains(&colon.to_owned()), "{name}: {list:?}");
        assert!(
            list.contains(
                &"app/latin1.sql:1: SELECT * FROM latin1 \u{fffd}\u{fffd} invalid utf8".to_owned()
            ),
            "{name}: {list:?}"
        );
    }
    for name in ["grep-rn", "grep-rnH-null"] {
        let collected = collect(streams(&format!("ripgrep-grep/{name}")).exit(0));
        assert_eq!(value(&collected, "matches"), 9.0, "{name}");
        assert_eq!(
            collected.notes,
            ["2 binary file(s) match and are not counted"],
            "{name}"
        );
        assert!(
            list_of(&collected)[0].starts_with(".hidden/h.sql:1: "),
            "{name}"
        );
    }
}

#[test]
fn every_way_to_search_counts_its_lines() {
    for (name, lines) in [
        ("rg-column-vimgrep", 5.0),
        ("rg-max-columns", 1.0),
        ("rg-no-ignore-hidden-binary", 11.0),
        ("grep-rn-include", 2.0),
        ("grep-rn-c-locale", 5.0),
        ("grep-rn-utf8-locale", 4.0),
    ] {
        let collected = collect(streams(&format!("ripgrep-grep/{name}")).exit(0));
        assert_eq!(value(&collected, "matches"), lines, "{name}");
    }
    let statistics = streams("ripgrep-grep/rg-stats");
    assert!(Grep.collect(statistics.exit(0), &options(&[])).is_err());
}

#[test]
fn colours_are_stripped() {
    assert_eq!(
        value(
            &collect(streams("ripgrep-grep/rg-color").exit(0)),
            "matches"
        ),
        5.0
    );
    let grep = collect(streams("ripgrep-grep/grep-color").exit(0));
    assert_eq!(
        list_of(&grep)[0],
        "app/crlf.sql:1: line one SELECT * FROM a"
    );
}

#[test]
fn context_lines_are_not_matches_and_a_match_over_lines_is_one() {
    assert_eq!(
        value(
            &collect(streams("ripgrep-grep/rg-json-context").exit(0)),
            "matches"
        ),
        1.0
    );
    let multiline = collect(streams("ripgrep-grep/rg-json-multiline").exit(0));
    assert_eq!(list_of(&multiline), ["app/api/users.py:5: for u in users:"]);
    assert_eq!(
        value(
            &collect(streams("ripgrep-grep/rg-json-multi").exit(0)),
            "matches"
        ),
        2.0
    );
    let context = Output {
        stdout: b"a.py-1-x = 1\na.py:2:y\na.py-3-z\n--\nb.py:9:y\n",
        stderr: b"",
        exit_code: Some(0),
        timed_out: false,
    };
    assert_eq!(value(&collect(context), "matches"), 2.0);
}

#[test]
fn exit_code_1_is_no_match() {
    let collected = collect(streams("ripgrep-grep/rg-json-no-match-rc1").exit(1));
    assert_eq!(
        (value(&collected, "matches"), &collected.inconclusive),
        (0.0, &None)
    );
    let silent = Output {
        stdout: b"",
        stderr: b"",
        exit_code: Some(1),
        timed_out: false,
    };
    assert_eq!(value(&collect(silent), "matches"), 0.0);
}

#[test]
fn exit_code_2_is_partial_even_with_matches() {
    for (name, words) in [
        ("grep-fail-missing-dir-rc2", "nope: No such file"),
        ("rg-fail-missing-path-rc2", "nope/: No such file"),
        ("grep-perm-denied", "binary file matches"),
    ] {
        let collected = collect(streams(&format!("ripgrep-grep/{name}")).exit(2));
        assert!(value(&collected, "matches.partial") >= 1.0, "{name}");
        let why = collected.inconclusive.expect("inconclusive");
        assert!(
            why.contains("exit code 2") && why.contains(words),
            "{name}: {why}"
        );
    }
    for name in ["grep-fail-bad-regex-rc2", "rg-fail-bad-regex-rc2"] {
        let collected = collect(streams(&format!("ripgrep-grep/{name}")).exit(2));
        assert_eq!(value(&collected, "matches.partial"), 0.0, "{name}");
        assert!(collected.inconclusive.is_some(), "{name}");
    }
}

#[test]
fn binary_text_shown_with_a_is_counted() {
    let collected = collect(streams("ripgrep-grep/grep-rn-text").exit(0));
    assert_eq!(value(&collected, "matches"), 6.0);
    assert!(
        list_of(&collected).contains(&"app/blob.bin:1: SELECT *   binary".to_owned()),
        "{:?}",
        list_of(&collected)
    );
    let old = Output {
        stdout: b"Binary file ./a.bin matches\na.py:1:x\n",
        stderr: b"",
        exit_code: Some(0),
        timed_out: false,
    };
    assert_eq!(
        collect(old).notes,
        ["1 binary file(s) match and are not counted"]
    );
}

#[test]
fn outputs_without_lines_are_refused_with_what_to_leave_out() {
    for name in ["rg-count", "rg-files-with-matches", "grep-rc"] {
        let error = Grep
            .collect(
                streams(&format!("ripgrep-grep/{name}")).exit(0),
                &options(&[]),
            )
            .expect_err("no lines");
        assert!(
            error.message.contains("-c, -l"),
            "{name}: {}",
            error.message
        );
    }
    let quiet = Output {
        stdout: b"",
        stderr: b"",
        exit_code: Some(0),
        timed_out: false,
    };
    assert!(
        Grep.collect(quiet, &options(&[]))
            .expect_err("quiet")
            .message
            .contains("-q")
    );
}

#[test]
fn one_file_without_a_path_is_read() {
    let collected = collect(streams("ripgrep-grep/rg-stdin-hang-avoided").exit(0));
    assert_eq!(
        list_of(&collected),
        [":1: SELECT * FROM no_trailing_newline"]
    );
}

#[test]
fn the_limit_cuts_the_list_and_not_the_count() {
    let streams = streams("ripgrep-grep/rg-json");
    let collected = Grep
        .collect(streams.exit(0), &options(&[("limit", "2")]))
        .expect("readable");
    assert_eq!(value(&collected, "matches"), 7.0);
    assert_eq!(list_of(&collected)[2], "... and 5 more");
    assert!(
        list_of(&collect(streams.exit(0)))
            .iter()
            .all(|line| line.chars().count() < 300)
    );
}

#[test]
fn an_output_that_was_cut_off_is_partial() {
    let whole = crate::capture::bytes("ripgrep-grep/rg-json.stdout.txt");
    let cut = Output {
        stdout: &whole[..1500],
        stderr: b"",
        exit_code: None,
        timed_out: true,
    };
    let collected = collect(cut);
    assert_eq!(value(&collected, "matches.partial"), 3.0);
    assert!(
        collected
            .inconclusive
            .is_some_and(|why| why.contains("timeout"))
    );
    let end = whole
        .windows(20)
        .rposition(|window| window == b"{\"data\":{\"elapsed_to")
        .expect("the summary");
    let unfinished = Output {
        stdout: &whole[..end],
        exit_code: Some(0),
        timed_out: false,
        ..cut
    };
    assert!(
        collect(unfinished)
            .inconclusive
            .is_some_and(|why| why.contains("summary"))
    );
    let broken = Output {
        stdout: &whole[..1500],
        exit_code: Some(0),
        timed_out: false,
        ..cut
    };
    assert!(
        Grep.collect(broken, &options(&[]))
            .expect_err("half a line")
            .message
            .contains("line")
    );
}

#[test]
fn a_path_with_a_line_end_is_read_behind_nul() {
    let output = Output {
        stdout: b"a\nb.py\x007:x\nc.py\x008:y",
        stderr: b"",
        exit_code: Some(0),
        timed_out: false,
    };
    assert_eq!(list_of(&collect(output)), ["a b.py:7: x", "c.py:8: y"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(stdout in prop::collection::vec(any::<u8>(), 0..300), code in 0i32..4) {
        let output = Output { stdout: &stdout, stderr: b"", exit_code: Some(code), timed_out: false };
        let _ = Grep.collect(output, &options(&[]));
    }

    #[test]
    fn what_grep_would_print_reads_back(
        rows in prop::collection::btree_set(("[a-z/ .]{1,8}[.]py", 1u64..100_000, "[!-~][ -~]{0,30}[!-~]"), 1..20),
        null in any::<bool>(),
    ) {
        let separator = if null { '\0' } else { ':' };
        let text: String = rows.iter().map(|(path, line, text)| format!("{path}{separator}{line}:{text}\n")).collect();
        let found = lines::read(text.as_bytes()).expect("readable");
        let expected: Vec<Match> =
            rows.iter().map(|(path, line, text)| Match::new(path.as_bytes(), *line, text.as_bytes())).collect();
        prop_assert_eq!(found.matches, expected);
    }
}
