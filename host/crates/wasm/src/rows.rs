//! The rows of numbers as which a plugin is handed its matches.

use perfctl_core::place::ByteSpan;
use perfctl_runtime::api::{Answer, Capture, Match, Matches, Part};
use perfctl_runtime::plugin::DeclaredMatcher;
use perfctl_scan::matcher::local::{self, MatchAt};
use perfctl_scan::tree::{NodeId, Tree};

use crate::things::Things;

/// Numbers for which room is kept between calls.
const MOST_KEPT: usize = 64 << 10;

/// Numbers of a row.
const STRIDE: usize = 5;

const ROOT: NodeId = NodeId(0);

/// The node that a match is, if it is one.
#[inline]
fn node_of(one: &local::Match) -> Option<NodeId> {
    match &one.at {
        MatchAt::Node(id) => Some(*id),
        _ => None,
    }
}

/// Room for the rows of one call, in which those of the call before lie until then.
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<u32>);

impl Rows {
    /// A row of five numbers for each match, and behind it one for each of its captures: matcher, capture (0 for the match itself), start,
    /// end, and the number of what stands there.
    ///
    /// # Errors
    /// When there are more things than a call may hold.
    pub(crate) fn of(
        &mut self,
        matches: &Matches<'_>,
        matchers: &[DeclaredMatcher],
        things: &mut Things,
    ) -> Answer<&[u32]> {
        let tree = matches.file.code().map(|code| &code.syntax.tree);
        // Most matches are a node and nothing else.
        if let Some(tree) = tree
            && matches.all.iter().all(|one| node_of(one).is_some())
        {
            return self.of_nodes(matches.all, tree, things);
        }
        self.0.clear();
        for one in matches.all {
            let declared = matchers.get(one.matcher as usize);
            let captures = declared.map_or(&[][..], |matcher| matcher.captures.as_slice());
            let matcher = u32::from(one.matcher);
            self.add_with_captures(matcher, &matches.held(one), captures, things)?;
        }
        Ok(&self.0)
    }

    /// The call is over.
    #[inline]
    pub(crate) fn forget(&mut self) {
        // A call that took much is no reason to keep much.
        self.0.truncate(MOST_KEPT);
        self.0.shrink_to(MOST_KEPT);
    }

    /// Rows of matches each of which is a node. They are written where they will lie: a row that is put together elsewhere and copied
    /// takes three times as long.
    #[inline]
    fn of_nodes(
        &mut self,
        all: &[local::Match],
        tree: &Tree,
        things: &mut Things,
    ) -> Answer<&[u32]> {
        let nodes = all.iter().map(|one| node_of(one).unwrap_or(ROOT));
        let first = things.put_matched(nodes)?;
        let numbers = all.len() * STRIDE;
        if self.0.len() < numbers {
            self.0.resize(numbers, 0);
        }
        let room = &mut self.0[..numbers];
        let (rows, _) = room.as_chunks_mut::<STRIDE>();
        for (row, (place, one)) in rows.iter_mut().zip((first..).zip(all)) {
            let span = tree.node(node_of(one).unwrap_or(ROOT)).span;
            row[0] = u32::from(one.matcher);
            row[1] = 0;
            row[2] = span.start;
            row[3] = span.end;
            row[4] = place;
        }
        Ok(room)
    }

    fn add(&mut self, matcher: u32, capture: u32, span: ByteSpan, place: u32) {
        self.0
            .extend_from_slice(&[matcher, capture, span.start, span.end, place]);
    }

    #[inline(never)]
    fn add_with_captures(
        &mut self,
        matcher: u32,
        one: &Match,
        captures: &[String],
        things: &mut Things,
    ) -> Answer<()> {
        let (span, place) = match (one.node(), one.span()) {
            (Some(node), span) => {
                let bytes = match span {
                    Some(span) => span.bytes(),
                    None => node.span()?,
                };
                (bytes, things.put(node)?)
            }
            (None, Some(span)) => (span.bytes(), things.put(span)?),
            (None, None) => (ByteSpan::default(), things.put(one.file())?),
        };
        self.add(matcher, 0, span, place);
        for (at, name) in captures.iter().enumerate() {
            let parts = match one.capture(name)? {
                None => continue,
                Some(Capture::One(part)) => vec![part],
                Some(Capture::Many(parts)) => parts,
            };
            for part in parts {
                let (bytes, place) = match part {
                    Part::Node(node) => (node.span()?, things.put(node)?),
                    Part::Span(span) => (span.bytes(), things.put(span)?),
                };
                self.add(matcher, at as u32 + 1, bytes, place);
            }
        }
        Ok(())
    }
}
