//! Any answer of a plugin is believed as a whole or refused with a reason, and breaks nothing.

use std::sync::Arc;
use std::time::Duration;

use perfctl_core::place::ByteSpan;
use perfctl_core::seams::Never;
use perfctl_runtime::api::{File, LONGEST};
use perfctl_scan::repo::facts::Facts;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

const SOURCE: &str = "f(1)  # \u{e9}\u{1f600}\nf(2)\n";

/// A file with some of its bytes, as a call is given them, and their numbers.
fn things() -> (tempfile::TempDir, Things, Vec<u32>) {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("m.py"), SOURCE).expect("a file");
    let ruleset = Ruleset {
        rules: Vec::new(),
        facts: Arc::new(Facts::default()),
        max_file_size: 1 << 20,
    };
    let survey = survey(dir.path(), &ruleset, &Scope::default(), &Never);
    let at = survey.view.entry("m.py").expect("listed");
    let file = survey.view.open(at);
    let file = File::new(file.unwrap_or_else(|problem| panic!("{}", problem.message)));
    let mut things = Things::default();
    let mut numbers = Vec::new();
    for (start, end) in [
        (0, 4),
        (8, 10),
        (10, 14),
        (15, 15),
        (0, SOURCE.len() as u32),
    ] {
        let span = file.span(ByteSpan::new(start, end)).expect("inside");
        numbers.push(things.put(span).expect("room"));
    }
    numbers.push(things.put(file).expect("room"));
    (dir, things, numbers)
}

/// A number, more often than not one that means something.
fn number(known: Vec<u32>) -> impl Strategy<Value = u32> {
    prop_oneof![30 => prop::sample::select(known), 1 => any::<u32>()]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,20}",
        "[\u{0}-\u{1f}\u{7f}-\u{9f}a]{0,20}",
        Just("x".repeat(5000))
    ]
}

/// A number below `end`, seldom another one.
fn below(end: u32) -> impl Strategy<Value = u32> {
    prop_oneof![30 => 0..end, 1 => any::<u32>()]
}

/// Findings of which about every second is as it should be.
fn told(known: Vec<u32>) -> impl Strategy<Value = rules::Findings> {
    let place = move || number(known.clone());
    let row = (
        place(),
        below(3),
        below(5),
        below(4),
        below(8),
        prop::bool::weighted(0.03),
    );
    let row = row.prop_map(|row| {
        let wanted = TEXTS.get(row.1 as usize).map_or(0, |(_, _, count)| *count);
        [row.0, row.1, row.2, row.3, row.4, wanted + u32::from(row.5)]
    });
    let related = (below(2), place(), text());
    let related = related.prop_map(|(finding, at, message)| rules::Related {
        finding,
        at,
        message,
    });
    let note = (below(2), text(), text());
    let note = note.prop_map(|(finding, key, value)| rules::Note {
        finding,
        key,
        value,
    });
    let edit = (place(), below(3), text()).prop_map(|(at, how, text)| rules::Edit {
        at,
        how: how as u8,
        text,
    });
    let fix = (below(2), text(), below(3), vec(edit, 1..3));
    let fix = fix.prop_map(|(finding, title, safety, edits)| rules::Fix {
        finding,
        title,
        safety: safety as u8,
        edits,
    });
    let rest = prop_oneof![30 => Just(0_usize), 1 => 1_usize..6];
    let texts = (
        vec(text(), 12),
        prop_oneof![20 => Just(0_usize), 1 => 1_usize..3],
    );
    (
        vec(row, 1..4),
        rest,
        texts,
        vec(related, 0..2),
        vec(note, 0..2),
        option::of(fix),
    )
        .prop_map(|(rows, rest, (mut texts, more), related, notes, fix)| {
            let wanted: u32 = rows.iter().map(|row| row[5]).fold(0, u32::saturating_add);
            texts.truncate((wanted as usize).saturating_add(more));
            let mut rows = rows.concat();
            rows.extend(std::iter::repeat_n(0, rest));
            rules::Findings {
                rows,
                texts,
                related,
                notes,
                fixes: fix.into_iter().collect(),
            }
        })
}

/// Messages: name, text, and how many texts they take.
const TEXTS: [(&str, &str, u32); 3] = [
    ("plain", "found", 0),
    ("named", "{what} of {whom}", 2),
    ("one", "{what}", 1),
];

fn messages() -> Vec<Message> {
    let texts = [
        ("plain", "found"),
        ("named", "{what} of {whom}"),
        ("one", "{what}"),
    ];
    let messages = texts.map(|(id, text)| Message::parse(id, text));
    messages
        .map(|message| message.unwrap_or_else(|_| panic!("a message")))
        .into()
}

/// A text that can be shown to anybody.
fn is_fit(text: &str) -> bool {
    text.len() <= LONGEST + 8 && !text.chars().any(char::is_control)
}

#[test]
fn any_answer_is_believed_or_refused() {
    let (_dir, things, numbers) = things();
    let messages = messages();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(3000)
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let deadline = Deadline::from_now(Duration::from_secs(600));
    let counted = std::cell::Cell::new(0);
    let run = runner.run(&told(numbers), |told| {
        let rows = told.rows.len() / STRIDE;
        match drafts(told, &things, &messages, &deadline) {
            Err(error) => {
                let refusal = error.downcast_ref::<Refusal>();
                prop_assert!(refusal.is_some_and(|refusal| !refusal.to_string().is_empty()));
            }
            Ok(drafts) => {
                counted.set(counted.get() + 1);
                prop_assert_eq!(drafts.len(), rows);
                for draft in drafts {
                    prop_assert!(SOURCE.get(draft.place.span.range()).is_some());
                    prop_assert!(is_fit(&draft.message));
                    for (key, value) in &draft.notes {
                        prop_assert!(is_fit(key) && is_fit(value));
                    }
                    for related in &draft.related {
                        prop_assert!(is_fit(&related.message));
                        prop_assert!(SOURCE.get(related.place.span.range()).is_some());
                    }
                    for edit in draft.fix.iter().flat_map(|fix| &fix.edits) {
                        prop_assert!(SOURCE.get(edit.span.range()).is_some());
                    }
                }
            }
        }
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
    // Both sides were seen.
    assert!((500..2500).contains(&counted.get()), "{}", counted.get());
}
