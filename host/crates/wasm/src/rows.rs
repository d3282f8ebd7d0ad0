//! The rows of numbers as which a plugin is handed its matches.

use perfctl_core::place::ByteSpan;
use perfctl_runtime::api::{Answer, Capture, Match, Matches, Part};
use perfctl_runtime::plugin::DeclaredMatcher;
use perfctl_scan::matcher::local::MatchAt;

use crate::things::Things;

/// Numbers for which room is kept between calls.
const MOST_KEPT: usize = 64 << 10;

/// The rows of one call, in the room of those of the call before.
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
        matches: Matches<'_>,
        matchers: &[DeclaredMatcher],
        things: &mut Things,
    ) -> Answer<&[u32]> {
        self.0.clear();
        self.0.reserve(matches.all.len() * 5);
        let tree = matches.file.code().map(|code| &code.syntax.tree);
        for one in matches.all {
            let matcher = u32::from(one.matcher);
            // Most matches are a node and nothing else.
            if let (MatchAt::Node(id), Some(tree)) = (&one.at, tree) {
                self.add(matcher, 0, tree.node(*id).span, things.put(*id)?);
            } else {
                let declared = matchers.get(matcher as usize);
                let captures = declared.map_or(&[][..], |matcher| matcher.captures.as_slice());
                self.add_with_captures(matcher, &matches.held(one), captures, things)?;
            }
        }
        Ok(&self.0)
    }

    /// The call is over.
    #[inline]
    pub(crate) fn forget(&mut self) {
        // A call that took much is no reason to keep much.
        self.0.shrink_to(MOST_KEPT);
    }

    #[inline]
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
