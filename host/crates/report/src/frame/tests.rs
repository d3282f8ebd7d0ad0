//! Tests of code frames.

use perfctl_core::place::{ByteSpan, LineIndex};

use super::*;
use crate::fixture;

fn place_of(text: &str, needle: &str) -> (Place, Excerpt) {
    let index = LineIndex::new(text.as_bytes());
    let start = text.find(needle).expect("the needle is there") as u32;
    let span = ByteSpan::new(start, start + needle.len() as u32);
    let place = index.place("app/x.py".into(), text.as_bytes(), span);
    let excerpt = index.excerpt(
        text.as_bytes(),
        place.start.line.saturating_sub(1).max(1),
        place.end.line + 1,
    );
    (place, excerpt)
}

#[test]
fn carets_stand_under_what_is_marked_even_behind_tabs_wide_and_harmful_characters() {
    let (place, excerpt) = place_of("a\n\tname = '日本\u{1b}' + get(url)\nb\n", "get(url)");
    let text = of_place(&place, &excerpt).to_text();
    let expected = format!(
        "1 | a\n2 |     name = '日本\\x1b' + get(url)\n  | {}^^^^^^^^\n3 | b\n",
        " ".repeat(4 + 8 + 4 + 4 + 4)
    );
    assert_eq!(text, expected);
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let line = format!("{}HERE{}", "x".repeat(100_000), "y".repeat(100_000));
    let (place, excerpt) = place_of(&line, "HERE");
    let frame = of_place(&place, &excerpt);
    assert!(frame.lines[0].text.chars().count() < 250);
    let marked: String = frame
        .parts(0)
        .into_iter()
        .filter(|part| part.mark.is_some())
        .map(|part| part.text)
        .collect();
    assert_eq!(marked, "HERE");
}

#[test]
fn what_lies_behind_the_kept_part_of_a_line_is_shown_as_nothing_else() {
    let line = format!("{}HERE", "x".repeat(500));
    let (place, mut excerpt) = place_of(&line, "HERE");
    assert_eq!(of_place(&place, &excerpt).marks.len(), 1);
    excerpt.text.truncate(400);
    let frame = of_place(&place, &excerpt);
    assert!(
        frame.lines.is_empty() && frame.marks.is_empty(),
        "{frame:?}"
    );
    assert_eq!((frame.at.line, frame.at.column), (1, 501));
}

#[test]
fn a_tall_place_shows_its_first_lines() {
    let body = (0..500)
        .map(|n| format!("    line({n})\n"))
        .collect::<String>();
    let (place, excerpt) = place_of(&body, body.trim());
    let frame = of_place(&place, &excerpt);
    assert!(frame.lines.len() <= TALLEST + 2, "{}", frame.lines.len());
    assert_eq!(frame.marks[0].start, (0, 4));
    assert_eq!(frame.marks[0].end.0, frame.lines.len() - 1);
}

#[test]
fn related_places_of_the_file_are_marked_and_gaps_are_said() {
    let record = fixture::rich();
    let finding = record
        .findings
        .iter()
        .find(|finding| finding.related.len() > 1)
        .expect("one has related places");
    let frame = of_finding(finding);
    assert!(
        frame
            .marks
            .iter()
            .any(|mark| mark.kind == Kind::Related && !mark.label.is_empty())
    );
    assert!(frame.to_text().contains("---"));
}

#[test]
fn a_place_without_lines_gives_an_empty_frame() {
    let (place, _) = place_of("a\n", "a");
    let frame = of_place(&place, &Excerpt::default());
    assert!(frame.lines.is_empty() && frame.marks.is_empty());
    assert_eq!(frame.to_text(), "");
}

#[test]
fn an_empty_span_gets_one_caret() {
    let (mut place, excerpt) = place_of("import os\n", "os");
    place.end = place.start;
    assert_eq!(
        of_place(&place, &excerpt).to_text(),
        "1 | import os\n  |        ^\n"
    );
}

proptest::proptest! {
    #[test]
    fn no_place_however_wrong_breaks_a_frame(
        text in "(?s).{0,80}",
        first in 0u32..5,
        lines in proptest::array::uniform4(0u32..9),
        columns in proptest::array::uniform4(0u32..60),
    ) {
        let place = |a: usize, b: usize| Place {
            path: "p".into(),
            span: ByteSpan::default(),
            start: LineColumn { line: lines[a], column: columns[a] },
            end: LineColumn { line: lines[b], column: columns[b] },
        };
        let excerpt = Excerpt { first_line: first, offset: 0, text };
        let (one, two) = (place(0, 1), place(2, 3));
        let wanted = [
            Wanted { kind: Kind::Primary, label: String::new(), place: &one },
            Wanted { kind: Kind::Related, label: "here".to_owned(), place: &two },
        ];
        let frame = build(&one, &[(&one, &excerpt), (&two, &excerpt)], &wanted);
        for at in 0..frame.lines.len() {
            let whole: String = frame.parts(at).iter().map(|part| part.text).collect();
            proptest::prop_assert_eq!(&whole, &frame.lines[at].text);
        }
        for mark in &frame.marks {
            proptest::prop_assert!(mark.start <= mark.end);
            proptest::prop_assert!(frame.lines[mark.start.0].text.is_char_boundary(mark.start.1));
            proptest::prop_assert!(frame.lines[mark.end.0].text.is_char_boundary(mark.end.1));
        }
        frame.to_text();
    }
}
