//! What the rule's matchers found in a file.

use crate::declared::Declared;
use crate::failure::mistake;
use crate::model::{File, Node, Span};
use crate::rows::{Row, WIDTH, one_match};

/// All matches of a file, in the order of the file.
#[derive(Clone, Copy)]
pub struct Matches<'a> {
    file: File,
    rows: &'a [u32],
    declared: &'a Declared,
}

impl<'a> Matches<'a> {
    pub(crate) fn new(file: File, rows: &'a [u32], declared: &'a Declared) -> Self {
        Self {
            file,
            rows,
            declared,
        }
    }

    /// The matches of one matcher.
    ///
    /// # Panics
    ///
    /// When `rule.toml` has no such matcher.
    #[track_caller]
    pub fn of(self, matcher: &str) -> MatchIter<'a> {
        MatchIter {
            only: Some(self.declared.matcher(matcher)),
            ..self.iter()
        }
    }

    /// Every match.
    pub fn iter(self) -> MatchIter<'a> {
        MatchIter {
            rest: self,
            only: None,
        }
    }
}

impl<'a> IntoIterator for Matches<'a> {
    type Item = Match<'a>;
    type IntoIter = MatchIter<'a>;

    fn into_iter(self) -> MatchIter<'a> {
        self.iter()
    }
}

/// Goes through matches; see [`Matches::of`].
#[derive(Clone)]
pub struct MatchIter<'a> {
    rest: Matches<'a>,
    only: Option<usize>,
}

impl<'a> Iterator for MatchIter<'a> {
    type Item = Match<'a>;

    #[inline]
    fn next(&mut self) -> Option<Match<'a>> {
        loop {
            let rows = one_match(&mut self.rest.rows)?;
            let matcher = rows[0] as usize;
            if self.only.is_none_or(|only| only == matcher) {
                return Some(Match(Matches { rows, ..self.rest }));
            }
        }
    }
}

/// A match of one of the rule's matchers.
#[derive(Clone, Copy)]
pub struct Match<'a>(Matches<'a>);

impl<'a> Match<'a> {
    #[inline]
    pub(crate) fn row(self) -> Row {
        Row::first(self.0.rows).unwrap_or_else(|| mistake("a match has no row"))
    }

    /// The matcher's name.
    pub fn matcher(self) -> &'a str {
        &self.0.declared.matchers[self.row().matcher as usize].name
    }

    /// The file.
    pub fn file(self) -> File {
        self.0.file
    }

    /// What matched, for matchers over code.
    ///
    /// # Panics
    ///
    /// When there is no node; [`Self::try_node`] says so without.
    #[track_caller]
    pub fn node(self) -> Node {
        match self.try_node() {
            Some(node) => node,
            None => mistake(&format!(
                "a match of `{}` has no node: ask with `try_node`",
                self.matcher()
            )),
        }
    }

    /// What matched, for matchers over code; none where a pattern matched something that the tree leaves out.
    pub fn try_node(self) -> Option<Node> {
        self.row().node().map(Node)
    }

    /// The bytes that matched; none when the file as a whole matched.
    pub fn span(self) -> Option<Span> {
        span(self.row(), self.0.file)
    }

    /// The first byte of what matched, and where it ends; none when the file as a whole matched.
    #[inline]
    pub fn bytes(self) -> Option<(u32, u32)> {
        self.row().bytes()
    }

    /// What a variable of the pattern stands for; the first for `$$$NAME`, none when it stands for nothing here.
    ///
    /// # Panics
    ///
    /// When the matcher's patterns have no such variable.
    #[inline]
    #[track_caller]
    pub fn capture(self, name: &str) -> Option<Capture<'a>> {
        self.captures(name).next()
    }

    /// Everything that a variable such as `$$$NAME` stands for.
    ///
    /// # Panics
    ///
    /// When the matcher's patterns have no such variable.
    #[inline]
    #[track_caller]
    pub fn captures(self, name: &str) -> CaptureIter<'a> {
        let matcher = &self.0.declared.matchers[self.row().matcher as usize];
        let number = matcher.capture(name);
        CaptureIter {
            number,
            rest: Matches {
                rows: from_capture(self.0.rows, number),
                ..self.0
            },
        }
    }
}

/// Goes through what a variable stands for; see [`Match::captures`].
#[derive(Clone)]
pub struct CaptureIter<'a> {
    rest: Matches<'a>,
    number: u32,
}

impl<'a> Iterator for CaptureIter<'a> {
    type Item = Capture<'a>;

    #[inline]
    fn next(&mut self) -> Option<Capture<'a>> {
        loop {
            let (row, rest) = self.rest.rows.split_at_checked(WIDTH)?;
            self.rest.rows = rest;
            if row[1] == self.number {
                return Some(Capture(Matches {
                    rows: row,
                    ..self.rest
                }));
            }
        }
    }
}

/// What a variable of a pattern stands for: a node, else its bytes.
#[derive(Clone, Copy)]
pub struct Capture<'a>(Matches<'a>);

impl<'a> Capture<'a> {
    #[inline]
    pub(crate) fn row(self) -> Row {
        Row::first(self.0.rows).unwrap_or_else(|| mistake("a capture has no row"))
    }

    /// The variable's name.
    pub fn name(self) -> &'a str {
        let row = self.row();
        let matcher = &self.0.declared.matchers[row.matcher as usize];
        &matcher.captures[row.capture as usize - 1]
    }

    /// The node.
    ///
    /// # Panics
    ///
    /// When there is none; [`Self::try_node`] says so without.
    #[track_caller]
    pub fn node(self) -> Node {
        match self.try_node() {
            Some(node) => node,
            None => mistake(&format!(
                "`{}` stands for no node here: ask with `try_node`",
                self.name()
            )),
        }
    }

    /// The node; none where the tree leaves it out.
    pub fn try_node(self) -> Option<Node> {
        self.row().node().map(Node)
    }

    /// Its bytes.
    pub fn span(self) -> Option<Span> {
        span(self.row(), self.0.file)
    }

    /// Its first byte, and where it ends.
    #[inline]
    pub fn bytes(self) -> Option<(u32, u32)> {
        self.row().bytes()
    }

    /// The text.
    pub fn source(self) -> String {
        match (self.try_node(), self.span()) {
            (Some(node), _) => node.source(),
            (None, Some(span)) => span.source(),
            (None, None) => self.0.file.text(),
        }
    }
}

/// The rows of a match from one behind which the capture's first lies. Most variables stand for one thing each, so that it lies where its
/// number says; else they are looked through.
#[inline]
fn from_capture(rows: &[u32], number: u32) -> &[u32] {
    let at = number as usize * WIDTH;
    match rows.get(at - WIDTH..) {
        Some(there)
            if there.len() > WIDTH + 1 && there[1] == number - 1 && there[WIDTH + 1] == number =>
        {
            &there[WIDTH..]
        }
        _ => &rows[WIDTH..],
    }
}

fn span(row: Row, file: File) -> Option<Span> {
    let (start, end) = row.bytes()?;
    Some(row.span().map_or_else(|| file.span(start, end), Span))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a match whose captures have these numbers; each has its position as its start.
    fn rows(captures: &[u32]) -> Vec<u32> {
        let all = std::iter::once(&0).chain(captures);
        let row = |(at, number): (u32, &u32)| [0, *number, at, at, 1 << 28];
        (0..).zip(all).flat_map(row).collect()
    }

    #[test]
    fn the_first_of_a_capture_is_found_wherever_it_lies() {
        for captures in [
            &[1, 2, 3][..],
            &[2, 3],
            &[1, 1, 2],
            &[1, 2, 2, 2],
            &[3],
            &[],
        ] {
            let rows = rows(captures);
            for number in 1..=4 {
                let mut from = from_capture(&rows, number).chunks(WIDTH);
                let found = from.find(|row| row[1] == number).map(|row| row[2]);
                let expected = captures.iter().position(|capture| *capture == number);
                assert_eq!(
                    found,
                    expected.map(|at| at as u32 + 1),
                    "{captures:?} {number}"
                );
            }
        }
    }
}
