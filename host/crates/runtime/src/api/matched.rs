//! A match of one of the rule's matchers.

use std::sync::Arc;

use perfctl_core::place::ByteSpan;
use perfctl_scan::matcher::local::MatchAt;
use perfctl_scan::matcher::structure::{self, Structure};
use perfctl_scan::view::FileView;

use super::file::{File, Span};
use super::location::Location;
use super::node::Node;
use super::refusal::{Answer, Refusal};

/// A match, as a rule holds it.
#[derive(Clone)]
pub struct Match {
    file: Arc<FileView>,
    matcher: Arc<str>,
    at: MatchAt,
    structure: Option<Arc<Structure>>,
}

/// What a variable of a pattern stands for.
#[derive(Clone)]
pub enum Capture {
    /// `$NAME`: one thing.
    One(Part),
    /// `$$$NAME`: any number of things, in order.
    Many(Vec<Part>),
}

/// A part of what a pattern matched: a node, else its bytes. The tree leaves out parentheses, types and other things that a pattern can
/// name.
#[derive(Clone)]
pub enum Part {
    /// A node.
    Node(Node),
    /// Bytes.
    Span(Span),
}

impl Match {
    /// A match of the matcher called `matcher`, whose structure is `structure` if it looks for one.
    pub fn new(
        file: &Arc<FileView>,
        matcher: Arc<str>,
        at: MatchAt,
        structure: Option<Arc<Structure>>,
    ) -> Self {
        Self {
            file: file.clone(),
            matcher,
            at,
            structure,
        }
    }

    /// The matcher's name.
    pub fn matcher(&self) -> &str {
        &self.matcher
    }

    /// The file.
    pub fn file(&self) -> File {
        File::new(self.file.clone())
    }

    /// What matched, for matchers over code; `None` where a pattern matched something that the tree leaves out.
    pub fn node(&self) -> Option<Node> {
        match &self.at {
            MatchAt::Node(id) => Some(Node::new(&self.file, *id)),
            MatchAt::Captured(hit) => node(&self.file, hit.span),
            _ => None,
        }
    }

    /// The bytes that matched, for regexes, patterns, and statements of SQL in a `.sql` file.
    pub fn span(&self) -> Option<Span> {
        match &self.at {
            MatchAt::Span(span) => Some(Span::new(&self.file, *span)),
            MatchAt::Captured(hit) => Some(Span::new(&self.file, hit.span)),
            _ => None,
        }
    }

    /// What the variable `name` of a pattern stands for; `None` where it stands for nothing.
    ///
    /// # Errors
    /// When none of the matcher's patterns holds such a variable, or the matcher has no pattern.
    pub fn capture(&self, name: &str) -> Answer<Option<Capture>> {
        let (MatchAt::Captured(captured), Some(structure)) = (&self.at, &self.structure) else {
            return Err(Refusal::new(
                "only matches of kind `pattern` capture variables",
            ));
        };
        let part = |span: &ByteSpan| match node(&self.file, *span) {
            Some(node) => Part::Node(node),
            None => Part::Span(Span::new(&self.file, *span)),
        };
        let variables = structure.variables();
        let mut captures = captured.captures.iter();
        match captures.find(|(known, _)| known == name) {
            Some((_, structure::Capture::One(span))) => Ok(Some(Capture::One(part(span)))),
            Some((_, structure::Capture::Many(spans))) => {
                Ok(Some(Capture::Many(spans.iter().map(part).collect())))
            }
            None if variables.iter().any(|known| known == name) => Ok(None),
            None => {
                let known = match variables {
                    [] => "it holds none".to_owned(),
                    list => format!("it holds {}", list.join(", ")),
                };
                Err(Refusal::new(format!(
                    "the matcher's pattern holds no variable `{name}`; {known}"
                )))
            }
        }
    }

    /// All that matched, to be shown to the rule's author: the beginning of the file where all of that matched.
    pub fn shown(&self) -> Location {
        let span = match &self.at {
            MatchAt::Node(id) => self.file.code().map(|code| code.syntax.tree.node(*id).span),
            MatchAt::Span(span) => Some(*span),
            MatchAt::Captured(hit) => Some(hit.span),
            MatchAt::File => None,
        };
        Location {
            file: self.file.clone(),
            span: span.unwrap_or_default(),
            node: None,
        }
    }
}

/// The node with exactly these bytes, if the tree has one.
fn node(file: &Arc<FileView>, span: ByteSpan) -> Option<Node> {
    let id = file.code()?.syntax.tree.node_with(span)?;
    Some(Node::new(file, id))
}
