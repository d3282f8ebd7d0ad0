//! Where several targets of one assignment take their values from: `first, *rest, last = values`.

use crate::tree::{Kind, NodeId, Tree};

/// The position of a value among those that are taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Counted from the first, which is 0.
    FromStart(u8),
    /// Counted from the last, which is 0: how many stand before is not known behind a target with a star.
    FromEnd(u8),
}

impl Place {
    /// The item at this place of a list that is written there, unless how many an item with a star stands for matters.
    pub fn of(self, tree: &Tree, list: NodeId) -> Option<NodeId> {
        let items: Vec<NodeId> = tree.children(list).collect();
        let is_spread = |item: &NodeId| tree.node(*item).kind == Kind::Spread;
        let (at, between) = match self {
            Place::FromStart(at) => {
                let at = usize::from(at);
                (at, items.get(..=at)?)
            }
            Place::FromEnd(back) => {
                let at = items.len().checked_sub(usize::from(back) + 1)?;
                (at, &items[at..])
            }
        };
        (!between.iter().any(is_spread)).then(|| items[at])
    }
}

/// Every target of a list of them that is told apart, with its place; not the one with the star.
pub fn places(tree: &Tree, targets: NodeId) -> Vec<(NodeId, Place)> {
    let all: Vec<NodeId> = tree.children(targets).collect();
    let is_spread = |target: &NodeId| tree.node(*target).kind == Kind::Spread;
    let star = all.iter().position(is_spread);
    let place = |at: usize| match star {
        Some(star) if at >= star => {
            let back = u8::try_from(all.len() - 1 - at).ok()?;
            (at > star).then_some(Place::FromEnd(back))
        }
        _ => u8::try_from(at).ok().map(Place::FromStart),
    };
    let placed = all.iter().enumerate();
    placed
        .filter_map(|(at, target)| Some((*target, place(at)?)))
        .collect()
}
