//! Following a path, with three answers: found, unknown, absent.

use super::{DocKind, NodeRef, Segment};

/// Places that one path may lead to; a path with stars over a huge file stops there.
const MAX_PLACES: usize = 10_000;

/// What stands at a path.
#[derive(Clone, Copy, Debug)]
pub enum Lookup<'d> {
    /// This node. It may itself be [`DocKind::Unknown`] or [`DocKind::Null`].
    Found(NodeRef<'d>),
    /// The file does not tell: this node, on the way, is unknown or partial.
    Unknown(NodeRef<'d>),
    /// Nothing: this is the deepest node on the way.
    Absent(NodeRef<'d>),
}

impl<'d> Lookup<'d> {
    /// The node, where there is one.
    pub fn found(self) -> Option<NodeRef<'d>> {
        match self {
            Lookup::Found(node) => Some(node),
            Lookup::Unknown(_) | Lookup::Absent(_) => None,
        }
    }

    /// Whether it is certain that nothing stands there.
    pub fn is_absent(self) -> bool {
        matches!(self, Lookup::Absent(_))
    }
}

/// Whether something on the way hides what was not found.
enum Hidden<'d> {
    Not(NodeRef<'d>),
    By(NodeRef<'d>),
}

impl<'d> NodeRef<'d> {
    /// What stands at `path` below it (see [`Segment::parse_path`]). With equal keys, the last place found.
    pub fn lookup(self, path: &str) -> Lookup<'d> {
        self.lookup_segments(&Segment::parse_path(path))
    }

    /// Like [`NodeRef::lookup`], with the path in parts.
    pub fn lookup_segments(self, path: &[Segment]) -> Lookup<'d> {
        let (places, hidden) = self.walk(path);
        match (places.last(), hidden) {
            (Some(node), _) => Lookup::Found(*node),
            (None, Hidden::By(node)) => Lookup::Unknown(node),
            (None, Hidden::Not(deepest)) => Lookup::Absent(deepest),
        }
    }

    /// The node at `path`, if one is found.
    pub fn get(self, path: &str) -> Option<NodeRef<'d>> {
        self.lookup(path).found()
    }

    /// Every node at `path`: several where keys repeat or the path has stars.
    pub fn select(self, path: &str) -> Vec<NodeRef<'d>> {
        self.walk(&Segment::parse_path(path)).0
    }

    fn walk(self, path: &[Segment]) -> (Vec<NodeRef<'d>>, Hidden<'d>) {
        let mut places = vec![(self, 0)];
        let mut hidden = Hidden::Not(self);
        for segment in path {
            let mut further = Vec::new();
            if let Hidden::Not(deepest) = &mut hidden
                && let Some((place, _)) = places.last()
            {
                *deepest = *place;
            }
            for (place, used) in places {
                if further.len() < MAX_PLACES && !place.step(used, segment, &mut further) {
                    hidden = Hidden::By(place);
                }
            }
            places = further;
        }
        (places.into_iter().map(|(node, _)| node).collect(), hidden)
    }

    /// One step; `used` labels of this block are already passed. False when what is not found here may yet exist.
    fn step(self, used: usize, segment: &Segment, further: &mut Vec<(NodeRef<'d>, usize)>) -> bool {
        let label = self.labels().nth(used);
        let passes_label = match segment {
            Segment::Key(word) => label == Some(word),
            Segment::Each => label.is_some(),
            Segment::Index(_) => false,
        };
        if passes_label {
            further.push((self, used + 1));
            return true;
        }
        if self.is_unknown() {
            return false;
        }
        let before = further.len();
        let is_list = self.kind() == DocKind::List;
        let number = if let Segment::Index(index) = segment {
            index.to_string()
        } else {
            String::new()
        };
        for (at, entry) in self.entries().enumerate() {
            let fits = match segment {
                Segment::Key(word) => entry.key() == Some(word),
                Segment::Index(index) if is_list => at == *index,
                Segment::Index(_) => entry.key() == Some(&number),
                Segment::Each => true,
            };
            if fits {
                further.push((entry, 0));
            }
            if further.len() >= MAX_PLACES {
                break;
            }
        }
        further.len() > before || !self.is_partial()
    }
}
