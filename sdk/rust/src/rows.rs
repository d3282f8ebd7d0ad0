//! Rows of numbers as the host hands them over: reading them asks nobody.

/// Numbers of a row.
pub(crate) const WIDTH: usize = 5;

const NODE: u32 = 1;
const SPAN: u32 = 2;
const FILE: u32 = 3;

/// A match, or one of its captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The matcher's position.
    pub(crate) matcher: u32,
    /// 0 for the match, else the capture's number.
    pub(crate) capture: u32,
    /// Its first byte.
    pub(crate) start: u32,
    /// Where it ends.
    pub(crate) end: u32,
    /// Its node, its span, or the file.
    pub(crate) thing: u32,
}

impl Row {
    /// The first of some rows.
    #[inline]
    pub(crate) fn first(rows: &[u32]) -> Option<Self> {
        match *rows.first_chunk::<WIDTH>()? {
            [matcher, capture, start, end, thing] => Some(Self {
                matcher,
                capture,
                start,
                end,
                thing,
            }),
        }
    }

    /// Its node, if it has one.
    #[inline]
    pub(crate) fn node(self) -> Option<u32> {
        (self.thing >> 28 == NODE).then_some(self.thing)
    }

    /// Its span, where the tree has no node for it.
    #[inline]
    pub(crate) fn span(self) -> Option<u32> {
        (self.thing >> 28 == SPAN).then_some(self.thing)
    }

    /// Its bytes; none when the file as a whole matched.
    #[inline]
    pub(crate) fn bytes(self) -> Option<(u32, u32)> {
        (self.thing >> 28 != FILE).then_some((self.start, self.end))
    }
}

/// Takes the rows of one match off the front of rows.
pub(crate) fn one_match<'a>(rows: &mut &'a [u32]) -> Option<&'a [u32]> {
    if rows.len() < WIDTH {
        return None;
    }
    let mut end = WIDTH;
    while rows.get(end + 1).is_some_and(|capture| *capture != 0) {
        end += WIDTH;
    }
    let (found, rest) = rows.split_at_checked(end)?;
    *rows = rest;
    Some(found)
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]
mod tests {
    use super::*;

    #[test]
    fn a_match_takes_its_captures_along() {
        let rows = [
            0,
            0,
            1,
            9,
            NODE << 28,
            0,
            1,
            2,
            3,
            SPAN << 28,
            1,
            0,
            0,
            0,
            FILE << 28,
        ];
        let mut rest = &rows[..];
        let first = one_match(&mut rest).unwrap();
        assert_eq!(first.len(), 2 * WIDTH);
        let row = Row::first(first).unwrap();
        assert_eq!((row.node(), row.span()), (Some(NODE << 28), None));
        assert_eq!(row.bytes(), Some((1, 9)));
        let capture = Row::first(&first[WIDTH..]).unwrap();
        assert_eq!((capture.node(), capture.span()), (None, Some(SPAN << 28)));
        let second = one_match(&mut rest).unwrap();
        assert_eq!(Row::first(second).unwrap().bytes(), None);
        assert_eq!(one_match(&mut rest), None);
    }
}
