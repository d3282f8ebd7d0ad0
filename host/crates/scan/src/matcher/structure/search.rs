//! The search of one file: one parse, one pass over the nodes, for every structure that is wanted there.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ast_grep_core::matcher::MatcherExt;
use ast_grep_core::{AstGrep, Node, NodeMatch};
use perfctl_core::place::ByteSpan;

use super::Structure;
use super::flat::Flat;
use super::grammar::Grammar;
use crate::lower::Language;

/// Most matches of a structure in one file.
const MOST_MATCHES: usize = 1000;
/// Steps that a structure may take per node of the file. A condition that looks at all nodes around needs about 20.
const STEPS_PER_NODE: u64 = 256;
/// Steps that a structure may take in any file.
const FEWEST_STEPS: u64 = 1 << 22;
/// Steps that a structure may take in the largest file: a fraction of a second.
const MOST_STEPS: u64 = 1 << 24;

/// A match: the bytes of the code and of what its variables stand for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Captured {
    /// The bytes of the code.
    pub span: ByteSpan,
    /// Variables by name; those that stand for nothing here are left out.
    pub captures: Vec<(String, Capture)>,
}

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capture {
    /// `$NAME`: one node.
    One(ByteSpan),
    /// `$$$NAME`: any number of nodes, in order, without the commas between them.
    Many(Vec<ByteSpan>),
}

/// A structure that is looked for in a file, and what was found.
pub struct Wanted<'s> {
    structure: &'s Structure,
    /// The matches, in the order of their beginnings.
    pub found: Vec<Captured>,
    /// Why the search ended early, if it did: the matches are not all there are then.
    pub ended: Option<Ended>,
    left: u64,
}

impl<'s> Wanted<'s> {
    /// Nothing is found yet.
    pub fn new(structure: &'s Structure) -> Self {
        Self {
            structure,
            found: Vec::new(),
            ended: None,
            left: 0,
        }
    }
}

/// Why a search ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// It took more steps than it is worth.
    #[error(
        "its conditions take more than {0} steps; look less far with `stopBy`, or at fewer kinds of nodes"
    )]
    Steps(u64),
    /// It matches more often than is told.
    #[error("it matches more than {0} times")]
    Matches(usize),
    /// ast-grep broke.
    #[error("ast-grep failed on it")]
    Failure,
}

/// Looks for all of `wanted` in the file `text` at `path`. Answers whether the file could be parsed.
pub fn search(text: &str, path: &str, language: Language, wanted: &mut [Wanted<'_>]) -> bool {
    let (grammar, end) = (Grammar::of_file(path, language), text.len() as u32);
    // Go's grammar wants the end of a line after the last declaration, the language does not.
    let flat = match language == Language::Go && !text.ends_with('\n') {
        true => Flat::parse(&format!("{text}\n"), grammar),
        false => Flat::parse(text, grammar),
    };
    let Some(flat) = flat else { return false };
    let steps = (flat.len() as u64 * STEPS_PER_NODE).clamp(FEWEST_STEPS, MOST_STEPS);
    let mut by_kind: Vec<Vec<usize>> = Vec::new();
    for (at, one) in wanted.iter_mut().enumerate() {
        one.left = steps;
        for kind in one
            .structure
            .for_grammar(grammar)
            .iter()
            .flat_map(|one| &one.kinds)
        {
            let kind = usize::from(*kind);
            if by_kind.len() <= kind {
                by_kind.resize_with(kind + 1, Vec::new);
            }
            by_kind[kind].push(at);
        }
    }
    let tree = AstGrep::doc(flat);
    for node in tree.root().dfs() {
        let Some(looking) = by_kind.get(usize::from(node.kind_id())) else {
            continue;
        };
        for one in looking {
            wanted[*one].try_at(&node, grammar, steps, end);
        }
    }
    true
}

impl Wanted<'_> {
    fn try_at(&mut self, node: &Node<'_, Flat>, grammar: Grammar, steps: u64, end: u32) {
        if self.ended.is_some() {
            return;
        }
        let Some(compiled) = self.structure.for_grammar(grammar) else {
            return;
        };
        let flat = node.get_doc();
        flat.allow(self.left);
        let matched = catch_unwind(AssertUnwindSafe(|| compiled.rule.match_node(node.clone())));
        match matched {
            _ if flat.is_spent() => self.ended = Some(Ended::Steps(steps)),
            Err(_) => self.ended = Some(Ended::Failure),
            Ok(Some(_)) if self.found.len() == MOST_MATCHES => {
                self.ended = Some(Ended::Matches(MOST_MATCHES));
            }
            Ok(Some(matched)) => self
                .found
                .push(captured(self.structure, node, &matched, end)),
            Ok(None) => {}
        }
        self.left = flat.left();
        // The pass over the nodes goes on whatever this one used up.
        flat.allow(u64::MAX);
    }
}

fn captured(
    structure: &Structure,
    node: &Node<'_, Flat>,
    matched: &NodeMatch<'_, Flat>,
    end: u32,
) -> Captured {
    let env = matched.get_env();
    // The line end that was added for the grammar is none of the file's.
    let span = |node: &Node<'_, Flat>| {
        let range = node.range();
        ByteSpan::new((range.start as u32).min(end), (range.end as u32).min(end))
    };
    let of = |name: &String| {
        let capture = match env.get_match(name) {
            Some(node) => Capture::One(span(node)),
            None => {
                let nodes = env.get_labels(name)?.iter();
                let nodes = nodes.filter(|node| node.is_named() && !node.is_extra());
                Capture::Many(nodes.map(span).collect())
            }
        };
        Some((name.clone(), capture))
    };
    Captured {
        span: span(node),
        captures: structure.variables.iter().filter_map(of).collect(),
    }
}
