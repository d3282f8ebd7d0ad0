//! Code frames in the look of rustc, drawn by `annotate-snippets`.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use perfctl_core::finding::Finding;
use perfctl_core::place::Place;
use perfctl_core::scale::Severity;
use perfctl_core::seams::View;

use super::paint;
use super::wrap::wrap;
use crate::frame::{self, Frame, Kind};
use crate::neutral;

/// A line below the code: its name (`why`, `fix`, `note`) and its text, which is one paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    /// The word before the colon.
    pub(crate) name: &'static str,
    /// The text, harmless.
    pub(crate) text: String,
}

/// Draws a finding: title, code with its related places, remarks. Ends with a line end. Code that the finding `above` shows already is
/// left out.
pub(crate) fn draw(
    finding: &Finding,
    above: Option<&Finding>,
    remarks: &[Remark],
    view: &View,
) -> String {
    let mut frame = frame::of_finding(finding);
    if above.is_some_and(|above| shows_code_of(above, finding)) {
        frame.lines.clear();
        frame.marks.clear();
    }
    let title = Level::ERROR
        .with_name(finding.severity.word())
        .primary_title(neutral::sentence(&finding.message))
        .id(neutral::line(finding.rule.as_str()).into_owned());
    let mut primary = Group::with_title(title);
    primary = with_code(primary, &frame);
    // Widths of the gutter, `= ` and the name; what the terminal would break anyway.
    let room = if view.width == 0 {
        100
    } else {
        view.width.max(40)
    };
    for remark in remarks {
        let inner = room.saturating_sub(remark.name.len() + 2 + 8);
        let text = wrap(&remark.text, inner).join("\n");
        primary = primary.element(Level::NOTE.with_name(remark.name).message(text));
    }
    let mut groups = vec![primary];
    let mut frames = vec![frame];
    for related in &finding.related {
        if frame::is_beside(&finding.place, &related.place) {
            continue;
        }
        let frame = frame::of_place(&related.place, &related.excerpt);
        let group =
            Group::with_title(Level::NOTE.secondary_title(neutral::sentence(&related.message)));
        groups.push(with_code(group, &frame));
        frames.push(frame);
    }
    let mut text = correct_columns(renderer(finding.severity, view).render(&groups), &frames);
    text.push('\n');
    text
}

/// Whether the code of one finding is all that there is to see of another: both are on the same lines, and what explains the other one
/// explains the first.
fn shows_code_of(one: &Finding, other: &Finding) -> bool {
    let lines = |finding: &Finding| {
        let place = &finding.place;
        (place.path.clone(), place.start.line, place.end.line)
    };
    let explains = |place: &Place| one.related.iter().any(|related| related.place == *place);
    let mut beside = other.related.iter().map(|related| &related.place);
    let shows = |place: &Place| !frame::is_beside(&other.place, place) || explains(place);
    lines(one) == lines(other) && beside.all(shows)
}

fn with_code<'a>(group: Group<'a>, frame: &Frame) -> Group<'a> {
    if !frame.lines.is_empty() {
        return group.element(snippet(frame));
    }
    let origin = Origin::path(frame.path.clone());
    group.element(
        origin
            .line(frame.at.line as usize)
            .char_column(frame.at.column as usize),
    )
}

/// The renderer counts columns in the text that it is shown. Where that is not the file's, because a line was cut or a
/// character escaped, the column that it printed is put right.
fn correct_columns(mut text: String, frames: &[Frame]) -> String {
    // The title is the first line and may hold anything.
    let mut from = text.find('\n').unwrap_or(0);
    for frame in frames {
        let Some(mark) = frame.marks.first() else {
            continue;
        };
        let shown = frame.lines[mark.start.0].text[..mark.start.1]
            .chars()
            .count()
            + 1;
        let printed = format!("{}:{}:{shown}", frame.path, frame.at.line);
        if let Some(at) = text[from..].find(&printed).map(|at| from + at) {
            let right = format!("{}:{}:{}", frame.path, frame.at.line, frame.at.column);
            text.replace_range(at..at + printed.len(), &right);
            from = at + right.len();
        }
    }
    text
}

/// The lines between two places are blank here and never drawn, because only lines of the record are kept visible.
fn snippet(frame: &Frame) -> Snippet<'static, Annotation<'static>> {
    let first = frame.lines.first().map_or(1, |line| line.number);
    let mut source = String::new();
    let mut starts = Vec::with_capacity(frame.lines.len());
    let mut next = first;
    for line in &frame.lines {
        while next < line.number {
            source.push('\n');
            next += 1;
        }
        starts.push(source.len());
        source.push_str(&line.text);
        source.push('\n');
        next += 1;
    }
    let at = |(line, byte): (usize, usize)| starts[line] + byte;
    let mut annotations: Vec<Annotation<'static>> = Vec::new();
    for mark in &frame.marks {
        let kind = match mark.kind {
            Kind::Primary => AnnotationKind::Primary,
            Kind::Related => AnnotationKind::Context,
        };
        // A span over many lines would bury its head; its first line says where it is.
        let end = if mark.end.0 > mark.start.0 + 2 {
            (
                mark.start.0,
                frame.lines[mark.start.0]
                    .text
                    .trim_end()
                    .len()
                    .max(mark.start.1),
            )
        } else {
            mark.end
        };
        let label = (!mark.label.is_empty()).then(|| mark.label.clone());
        annotations.push(kind.span(at(mark.start)..at(end)).label(label));
    }
    for (index, line) in frame.lines.iter().enumerate() {
        // A single line left out between two shown ones would be drawn blank; show one context line less instead.
        let lonely = |other: usize| {
            frame
                .lines
                .get(other)
                .is_some_and(|other| other.number.abs_diff(line.number) == 2)
                && !is_marked(frame, index)
        };
        let before = index > 0 && lonely(index - 1);
        if !before && !lonely(index + 1) {
            // The renderer makes its gutter as wide as the number of the line in which the last span ends: at the start of a line
            // that would be the line before.
            let first = line.text.chars().next().map_or(1, char::len_utf8);
            annotations.push(AnnotationKind::Visible.span(starts[index]..starts[index] + first));
        }
    }
    Snippet::source(source)
        .path(frame.path.clone())
        .line_start(first as usize)
        .annotations(annotations)
}

fn is_marked(frame: &Frame, at: usize) -> bool {
    frame
        .marks
        .iter()
        .any(|mark| mark.start.0 <= at && at <= mark.end.0)
}

fn renderer(severity: Severity, view: &View) -> Renderer {
    let renderer = if view.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(if view.width == 0 {
        160
    } else {
        view.width.max(40)
    });
    if view.colour {
        renderer
            .error(paint::severity(severity))
            .note(paint::BOLD)
            .hyperlink(false)
    } else {
        renderer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_frame_names_severity_rule_place_and_marks_the_code() {
        let record = fixture::small();
        let text = draw(
            &record.findings[0],
            None,
            &[],
            &View {
                width: 100,
                ..View::default()
            },
        );
        assert!(text.starts_with("high[NET-901]: "), "{text}");
        assert!(text.contains("--> app/billing.py:14:16"), "{text}");
        assert!(text.contains("^^^^"), "{text}");
    }

    #[test]
    fn the_column_is_the_files_even_where_the_shown_line_is_another() {
        let code = format!("x = \"\u{1b}{}\"; get()\n", "y".repeat(500));
        for colour in [false, true] {
            let mut record = fixture::small();
            let finding = &mut record.findings[0];
            (finding.place, finding.excerpt) = fixture::locate("a.py", &code, "get()", 0);
            let text = draw(
                finding,
                None,
                &[],
                &View {
                    width: 100,
                    colour,
                    ..View::default()
                },
            );
            assert!(text.contains("a.py:1:510"), "{text}");
        }
    }

    #[test]
    fn the_gutter_is_straight_whatever_the_line_numbers_are() {
        let view = View {
            width: 100,
            ..View::default()
        };
        for before in [0, 1, 5, 6, 7, 8, 9, 10, 94, 95, 96, 97, 98, 99, 100] {
            for (after, below) in [
                ("b = 2\nc = 3\n", 2),
                ("b = 2\n\n", 2),
                ("é = 2\n", 1),
                ("\n", 1),
            ] {
                let code = format!("{}get()\n{after}", "# x\n".repeat(before));
                let mut record = fixture::small();
                let finding = &mut record.findings[0];
                (finding.place, finding.excerpt) = fixture::locate("a.py", &code, "get()", 0);
                let index = perfctl_core::place::LineIndex::new(code.as_bytes());
                let line = before as u32 + 1;
                let first = line.saturating_sub(1).max(1);
                finding.excerpt = index.excerpt(code.as_bytes(), first, line + below);
                let text = draw(finding, None, &[], &view);
                let bars: std::collections::BTreeSet<usize> =
                    text.lines().filter_map(|line| line.find('|')).collect();
                assert_eq!(bars.len(), 1, "{text}");
                let plain = frame::of_finding(finding).to_text();
                let bars: std::collections::BTreeSet<usize> =
                    plain.lines().filter_map(|line| line.find('|')).collect();
                assert_eq!(bars.len(), 1, "{plain}");
            }
        }
    }

    #[test]
    fn carets_stand_below_the_code_whatever_is_before_it() {
        for (before, columns) in [
            ("    ", 4),
            // A tab is shown as four blanks, a wide character takes two columns, a combining one none.
            ("\t\t", 8),
            ("x = \"\u{65e5}\u{672c}\"; ", 12),
            ("y = \"e\u{301}\"; ", 9),
        ] {
            for behind in ["\n", "\r\n"] {
                let code = format!("{before}get(){behind}");
                let mut record = fixture::small();
                let finding = &mut record.findings[0];
                (finding.place, finding.excerpt) = fixture::locate("a.py", &code, "get()", 0);
                let text = draw(finding, None, &[], &View::default());
                let marked = text
                    .lines()
                    .find(|line| line.contains('^'))
                    .expect("marked");
                // The number of the line, a blank, the bar and another blank.
                assert_eq!(marked.find('^'), Some(4 + columns), "{text}");
                assert_eq!(marked.matches('^').count(), "get()".len(), "{text}");
                let column = before.chars().count() + 1;
                assert!(text.contains(&format!("a.py:1:{column}\n")), "{text}");
            }
        }
    }

    #[test]
    fn a_call_over_two_lines_is_marked_in_both_and_a_longer_one_at_its_head() {
        for (call, heads) in [("get(\n  1)", 2), ("get(\n  1,\n  2,\n  3,\n)", 1)] {
            let code = format!("\ta = {call}\n");
            let mut record = fixture::small();
            let finding = &mut record.findings[0];
            (finding.place, finding.excerpt) = fixture::locate("a.py", &code, call, 0);
            let text = draw(finding, None, &[], &View::default());
            assert_eq!(
                text.lines().filter(|line| line.contains('^')).count(),
                heads,
                "{text}"
            );
            assert!(text.contains("a.py:1:6\n"), "{text}");
        }
    }

    #[test]
    fn escape_sequences_in_code_are_shown_not_sent() {
        let mut record = fixture::small();
        let finding = &mut record.findings[0];
        finding.message = "bell\u{7} and \u{1b}]0;title\u{7}".to_owned();
        finding.excerpt.text = finding.excerpt.text.replace("return", "ret\u{1b}[2J");
        let text = draw(finding, None, &[], &View::default());
        assert!(
            !text.chars().any(|c| c.is_control() && c != '\n'),
            "{text:?}"
        );
        assert!(text.contains("\\x1b[2J"), "{text}");
    }
}
