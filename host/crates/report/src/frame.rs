//! A code frame: the lines of a finding with what is marked in them, ready for any output.
//!
//! Text in a frame is harmless already (see `neutral`) but for tabs, long lines are cut around what is marked,
//! and long spans are cut in the middle, so that a renderer only has to draw.

use std::collections::BTreeMap;

use perfctl_core::finding::Finding;
use perfctl_core::place::{Excerpt, LineColumn, Place};

use crate::{column, neutral};

/// Characters of one line that are shown at most.
const WIDEST: usize = 240;
/// Lines of one place that are shown at most: its first ones.
const TALLEST: usize = 12;
/// A tab in plain text.
pub(crate) const TAB: &str = "    ";
/// Lines between two places of one file up to which they share a frame.
const REACH: u32 = 2_000;

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The finding itself.
    Primary,
    /// A place that explains it.
    Related,
}

impl Kind {
    /// The word used in templates.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Primary => "primary",
            Kind::Related => "related",
        }
    }
}

/// One line of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number in the file.
    pub number: u32,
    /// Its text, harmless, without its end.
    pub text: String,
    /// Whether lines between the one before and this one are left out.
    pub gap: bool,
}

/// A marked range, in line indices and byte offsets into [`Line::text`]. The end may be on a later line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What it means.
    pub kind: Kind,
    /// What stands beside it; empty for none. Harmless.
    pub label: String,
    /// Index into [`Frame::lines`] and byte offset of its start.
    pub start: (usize, usize),
    /// Index and byte offset just behind its end.
    pub end: (usize, usize),
}

/// The lines of a finding with their marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The file.
    pub path: String,
    /// Where the finding starts.
    pub at: LineColumn,
    /// Lines by number.
    pub lines: Vec<Line>,
    /// Marks; the first is the finding's own.
    pub marks: Vec<Mark>,
}

/// A stretch of a line that is marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// Its text.
    pub text: &'a str,
    /// What it is marked as.
    pub mark: Option<Kind>,
}

struct Wanted<'a> {
    kind: Kind,
    label: String,
    place: &'a Place,
}

/// The frame of a finding, with its related places in the same file as further marks.
pub(crate) fn of_finding(finding: &Finding) -> Frame {
    let mut wanted = vec![Wanted {
        kind: Kind::Primary,
        label: String::new(),
        place: &finding.place,
    }];
    let mut excerpts = vec![(&finding.place, &finding.excerpt)];
    for related in &finding.related {
        if is_beside(&finding.place, &related.place) {
            let label = neutral::sentence(&related.message);
            wanted.push(Wanted {
                kind: Kind::Related,
                label,
                place: &related.place,
            });
            excerpts.push((&related.place, &related.excerpt));
        }
    }
    build(&finding.place, &excerpts, &wanted)
}

/// Whether a related place is shown within the finding's own frame.
pub(crate) fn is_beside(primary: &Place, related: &Place) -> bool {
    primary.path == related.path && primary.start.line.abs_diff(related.start.line) <= REACH
}

/// The frame of a place on its own.
pub(crate) fn of_place(place: &Place, excerpt: &Excerpt) -> Frame {
    build(
        place,
        &[(place, excerpt)],
        &[Wanted {
            kind: Kind::Primary,
            label: String::new(),
            place,
        }],
    )
}

fn build(primary: &Place, excerpts: &[(&Place, &Excerpt)], wanted: &[Wanted<'_>]) -> Frame {
    let mut raw: BTreeMap<u32, &str> = BTreeMap::new();
    for (place, excerpt) in excerpts {
        if excerpt.text.is_empty() {
            continue;
        }
        // An excerpt may hold a whole function; its head is what a reader needs.
        let first = place.start.line.saturating_sub(2);
        let last = place.start.line.saturating_add(TALLEST as u32);
        for (number, text) in (excerpt.first_line..).zip(excerpt.text.split('\n')) {
            if (first..=last).contains(&number) {
                raw.entry(number)
                    .or_insert_with(|| text.strip_suffix('\r').unwrap_or(text));
            }
        }
    }
    // Of a very long line the beginning is kept: what lies behind it cannot be shown, and nothing else is it.
    if !is_kept(&raw, primary) {
        raw.clear();
    }
    let wanted = wanted.iter().filter(|one| is_kept(&raw, one.place));
    let wanted: Vec<&Wanted<'_>> = wanted.collect();
    let numbers: Vec<u32> = raw.keys().copied().collect();
    let mut lines = Vec::with_capacity(numbers.len());
    let mut cuts = Vec::with_capacity(numbers.len());
    let mut previous = None;
    for (number, text) in &raw {
        let first = wanted
            .iter()
            .filter(|mark| mark.place.start.line == *number)
            .map(|mark| column::byte_of(text, mark.place.start.column))
            .min();
        let cut = Cut::around(text, first.unwrap_or(0));
        lines.push(Line {
            number: *number,
            text: cut.shown(text),
            gap: previous.is_some_and(|before: u32| before + 1 != *number),
        });
        cuts.push(cut);
        previous = Some(*number);
    }
    let mut marks = Vec::new();
    for want in &wanted {
        let Ok(start) = numbers.binary_search(&want.place.start.line) else {
            continue;
        };
        let start_text = raw[&numbers[start]];
        let start_at = cuts[start].map(
            start_text,
            column::byte_of(start_text, want.place.start.column),
        );
        // A place that goes on beyond the shown lines, or over a gap, ends with the last line shown before.
        let mut end = start;
        while end + 1 < numbers.len() && numbers[end] < want.place.end.line && !lines[end + 1].gap {
            end += 1;
        }
        let end_text = raw[&numbers[end]];
        let end_at = if numbers[end] == want.place.end.line {
            cuts[end].map(end_text, column::byte_of(end_text, want.place.end.column))
        } else {
            lines[end].text.len()
        };
        // An end at the start of a line means that the line before was meant to its end.
        let (end, end_at) = if end > start && end_at == 0 {
            (end - 1, lines[end - 1].text.len())
        } else {
            (end, end_at)
        };
        marks.push(Mark {
            kind: want.kind,
            label: want.label.clone(),
            start: (start, start_at),
            end: (
                end,
                if end == start {
                    end_at.max(start_at)
                } else {
                    end_at
                },
            ),
        });
    }
    Frame {
        path: neutral::line(&primary.path).into_owned(),
        at: primary.start,
        lines,
        marks,
    }
}

/// Whether a place begins in what is kept of its line: an excerpt may end in the middle of its last one. Behind the last character a line's end may be
/// meant.
fn is_kept(lines: &BTreeMap<u32, &str>, place: &Place) -> bool {
    let last = lines.last_key_value();
    let last = last.filter(|(number, _)| **number == place.start.line);
    last.is_none_or(|(_, line)| place.start.column as usize <= line.chars().count() + 2)
}

/// Which bytes of a line are shown.
struct Cut {
    start: usize,
    end: usize,
}

impl Cut {
    /// All of a short line; of a long one a window that holds `mark`.
    fn around(text: &str, mark: usize) -> Self {
        if text.len() <= WIDEST || text.chars().count() <= WIDEST {
            return Self {
                start: 0,
                end: text.len(),
            };
        }
        let before = WIDEST / 4;
        let start = text[..mark]
            .char_indices()
            .rev()
            .nth(before)
            .map_or(0, |(at, _)| at);
        let end = text[start..]
            .char_indices()
            .nth(WIDEST)
            .map_or(text.len(), |(at, _)| start + at);
        Self { start, end }
    }

    fn shown(&self, text: &str) -> String {
        let mut out = String::new();
        if self.start > 0 {
            out.push('…');
        }
        push_shown(&mut out, &text[self.start..self.end]);
        if self.end < text.len() {
            out.push('…');
        }
        out
    }

    /// Byte offset in the shown text of byte `at` of the line.
    fn map(&self, text: &str, at: usize) -> usize {
        let mut before = String::new();
        if self.start > 0 && at >= self.start {
            before.push('…');
        }
        push_shown(
            &mut before,
            &text[self.start..at.clamp(self.start, self.end)],
        );
        before.len()
    }
}

fn push_shown(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' => out.push(c),
            c if neutral::is_harmful(c) => neutral::push_escape(out, c),
            c => out.push(c),
        }
    }
}

impl Frame {
    /// The byte range that `mark` covers on line `at`, without the indentation of its later lines.
    fn range_on(&self, mark: &Mark, at: usize) -> Option<(usize, usize)> {
        if at < mark.start.0 || at > mark.end.0 {
            return None;
        }
        let text = &self.lines[at].text;
        let indent = text.len() - text.trim_start().len();
        let start = if at == mark.start.0 {
            mark.start.1
        } else {
            indent
        };
        let end = if at == mark.end.0 {
            mark.end.1
        } else {
            text.trim_end().len()
        };
        Some((
            start.min(text.len()),
            end.clamp(start, text.len().max(start)),
        ))
    }

    /// Line `at` cut into marked and unmarked stretches. Where marks overlap, the finding's own wins.
    pub(crate) fn parts(&self, at: usize) -> Vec<Part<'_>> {
        let Some(line) = self.lines.get(at) else {
            return Vec::new();
        };
        let ranges: Vec<(usize, usize, Kind)> = self
            .marks
            .iter()
            .filter_map(|mark| {
                self.range_on(mark, at)
                    .map(|(start, end)| (start, end, mark.kind))
            })
            .collect();
        let mut borders: Vec<usize> = ranges
            .iter()
            .flat_map(|(start, end, _)| [*start, *end])
            .collect();
        borders.extend([0, line.text.len()]);
        borders.retain(|border| *border <= line.text.len() && line.text.is_char_boundary(*border));
        borders.sort_unstable();
        borders.dedup();
        let mut parts: Vec<Part<'_>> = Vec::new();
        for pair in borders.windows(2) {
            let mark = ranges
                .iter()
                .filter(|(start, end, _)| *start <= pair[0] && pair[1] <= *end)
                .map(|(_, _, kind)| *kind)
                .min();
            parts.push(Part {
                text: &line.text[pair[0]..pair[1]],
                mark,
            });
        }
        if parts.is_empty() {
            parts.push(Part {
                text: &line.text,
                mark: None,
            });
        }
        parts
    }

    /// What stands beside the marks that start on line `at`.
    pub(crate) fn labels(&self, at: usize) -> Vec<&str> {
        self.marks
            .iter()
            .filter(|mark| mark.start.0 == at && !mark.label.is_empty())
            .map(|mark| mark.label.as_str())
            .collect()
    }

    /// The frame as plain text with line numbers and carets, for formats that have nothing better.
    pub(crate) fn to_text(&self) -> String {
        use unicode_width::UnicodeWidthStr;

        let gutter = self
            .lines
            .last()
            .map_or(1, |line| line.number.to_string().len());
        let mut out = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            if line.gap {
                out.push_str(&format!("{:>gutter$} ...\n", ""));
            }
            let text = line.text.replace('\t', TAB);
            out.push_str(format!("{:>gutter$} | {text}", line.number).trim_end());
            out.push('\n');
            let mut under = String::new();
            for part in self.parts(at) {
                let sign = match part.mark {
                    Some(Kind::Primary) => "^",
                    Some(Kind::Related) => "-",
                    None => " ",
                };
                under.push_str(&sign.repeat(part.text.replace('\t', TAB).width()));
            }
            let labels = self.labels(at).join("; ");
            let empty = self
                .marks
                .first()
                .is_some_and(|mark| mark.start == mark.end && mark.start.0 == at);
            if empty && under.trim().is_empty() {
                let before = line.text[..self.marks[0].start.1]
                    .replace('\t', TAB)
                    .width();
                under = format!("{}^", " ".repeat(before));
            }
            let under = under.trim_end();
            if !under.is_empty() {
                out.push_str(format!("{:>gutter$} | {under} {labels}", "").trim_end());
                out.push('\n');
            }
        }
        out
    }
}

#[cfg(test)]
mod tests;
