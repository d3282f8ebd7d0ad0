//! The things that a plugin holds by their numbers, for the time of one call.

use std::cell::OnceCell;
use std::sync::Arc;

use perfctl_runtime::api::{
    Answer, Doc, Docker, File, Func, Instruction, LoadHop, Located, Location, Loop, Node, Refusal,
    ShellCommand, Span, Stage,
};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

/// The most things of one call. A rule that looks at every node of a large file is far from it.
const MOST: usize = 500_000;

/// Bits of a number that say which thing of its call it is. Those above say which call it was, as far as there are bits for it, and those
/// from [`KIND`] on what kind of thing.
const CALL: u32 = 19;
const KIND: u32 = 28;

/// Things for which room is kept between calls.
const MOST_KEPT: usize = 4096;

/// Calls that can be told apart.
const CALLS: u32 = 1 << (KIND - CALL);

const _: () = assert!(MOST <= 1 << CALL);
const _: () = assert!(size_of::<Thing>() <= 32);

/// Declares what plugins hold beside nodes and files: the kinds with the numbers that the WIT gives them.
macro_rules! things {
    ($($number:literal $name:ident $kind:ident as $held:ty, $about:literal;)*) => {
        /// A thing that a plugin holds.
        #[derive(Clone)]
        pub(crate) enum Thing {
            Node(Node),
            File(File),
            /// The file that the call is about.
            Opened,
            $($kind($held),)*
        }

        $(impl From<$kind> for Thing {
            fn from(thing: $kind) -> Self {
                Self::$kind(thing.into())
            }
        })*

        impl Thing {
            /// The kind of a node, matched or asked for.
            const NODE: u32 = 1;

            fn kind(&self) -> u32 {
                match self {
                    Self::Node(_) => Self::NODE,
                    Self::File(_) | Self::Opened => 3,
                    $(Self::$kind(_) => $number,)*
                }
            }
        }

        impl Things {
            $(
                pub(crate) fn $name(&self, number: u32) -> Answer<&$kind> {
                    match self.get(number)? {
                        Held::Thing(Thing::$kind(thing)) => {
                            let thing: &$kind = thing;
                            Ok(thing)
                        }
                        _ => Err(Refusal::new(concat!("a number was handed over that stands for no ", $about))),
                    }
                }
            )*
        }
    };
}

// What every call is handed is held as it is, everything else apart: things are moved about, and most are small.
things! {
    2 span Span as Span, "span";
    4 doc Doc as Box<Doc>, "node of a document";
    5 instruction Instruction as Box<Instruction>, "instruction";
    6 command ShellCommand as Box<ShellCommand>, "command";
    7 func Func as Box<Func>, "function";
    8 around Loop as Box<Loop>, "loop";
    9 docker Docker as Box<Docker>, "Dockerfile";
    10 stage Stage as Box<Stage>, "stage";
    11 hop LoadHop as Box<LoadHop>, "hop";
}

impl From<Node> for Thing {
    fn from(node: Node) -> Self {
        Self::Node(node)
    }
}

impl From<File> for Thing {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

/// A node of the file that the call is about, and what it is held by once the plugin asked for it: of most it never does.
struct Matched {
    id: NodeId,
    held: OnceCell<Node>,
}

impl From<NodeId> for Matched {
    fn from(id: NodeId) -> Self {
        let held = OnceCell::new();
        Self { id, held }
    }
}

/// What a number stands for.
enum Held<'t> {
    Matched(&'t Matched),
    Thing(&'t Thing),
}

impl Held<'_> {
    fn kind(&self) -> u32 {
        match self {
            Self::Matched(_) => Thing::NODE,
            Self::Thing(thing) => thing.kind(),
        }
    }
}

/// Everything that a plugin was handed in a call.
pub(crate) struct Things {
    /// The first is the file that the call is about. Their numbers follow those of the matches.
    all: Vec<Thing>,
    /// The matches that are nodes and nothing else: by themselves, since most calls are handed them alone and ask nothing.
    matched: Vec<Matched>,
    /// That file, and between two calls that of the one before: rules of a pack follow each other in a file.
    file: Option<File>,
    /// Whether the call is about a file.
    is_open: bool,
    /// Which call it is, counted in a circle: what a plugin kept from an earlier one is no thing of this.
    call: u32,
}

#[cold]
fn too_many() -> Refusal {
    Refusal::new(format!(
        "more than {MOST} nodes, files and other things in one call"
    ))
}

impl Default for Things {
    fn default() -> Self {
        Self {
            all: vec![Thing::Opened],
            matched: Vec::new(),
            file: None,
            is_open: false,
            call: 0,
        }
    }
}

impl Things {
    /// The number of the file that the call is about.
    #[inline]
    pub(crate) fn open(&mut self, file: &Arc<FileView>) -> u32 {
        self.is_open = true;
        if !self.file.as_ref().is_some_and(|open| open.is(file)) {
            self.file = Some(File::new(file.clone()));
        }
        Thing::Opened.kind() << KIND | self.call << CALL
    }

    fn opened(&self) -> Option<&File> {
        self.file.as_ref().filter(|_| self.is_open)
    }

    /// How many numbers there are.
    fn count(&self) -> usize {
        self.matched.len() + self.all.len()
    }

    /// The number of a thing.
    pub(crate) fn put(&mut self, thing: impl Into<Thing>) -> Answer<u32> {
        if self.count() >= MOST {
            return Err(too_many());
        }
        let thing = thing.into();
        let number = thing.kind() << KIND | self.call << CALL | self.count() as u32;
        self.all.push(thing);
        Ok(number)
    }

    /// Numbers for nodes of the file that the call is about, one after the other from the one that is returned. Before anything else is put.
    #[inline]
    pub(crate) fn put_matched(
        &mut self,
        nodes: impl ExactSizeIterator<Item = NodeId>,
    ) -> Answer<u32> {
        debug_assert_eq!(self.count(), 1, "only the file was put");
        if nodes.len() >= MOST {
            return Err(too_many());
        }
        self.matched.extend(nodes.map(Matched::from));
        Ok(Thing::NODE << KIND | self.call << CALL | 1)
    }

    /// The numbers of several things.
    pub(crate) fn put_all<T: Into<Thing>>(
        &mut self,
        things: impl IntoIterator<Item = T>,
    ) -> Answer<Vec<u32>> {
        things.into_iter().map(|thing| self.put(thing)).collect()
    }

    /// The number of a thing, if there is one.
    pub(crate) fn put_maybe(&mut self, thing: Option<impl Into<Thing>>) -> Answer<Option<u32>> {
        thing.map(|thing| self.put(thing)).transpose()
    }

    /// What a number says: where its thing is, if it is one of this call and the number says rightly what it is.
    fn get(&self, number: u32) -> Answer<Held<'_>> {
        let at = (number & ((1 << CALL) - 1)) as usize;
        let found = match at.checked_sub(1).and_then(|at| self.matched.get(at)) {
            Some(matched) => Some(Held::Matched(matched)),
            // The first is before the matches.
            None => self
                .all
                .get(at.saturating_sub(self.matched.len()))
                .map(Held::Thing),
        };
        let known = found
            .filter(|held| held.kind() == number >> KIND && self.call == (number >> CALL) % CALLS);
        known.ok_or_else(|| {
            Refusal::new(
                "a number was handed over that the plugin did not get in this call: what a call is given is forgotten when it returns",
            )
        })
    }

    pub(crate) fn node(&self, number: u32) -> Answer<&Node> {
        match (self.get(number)?, self.opened()) {
            (Held::Thing(Thing::Node(node)), _) => Ok(node),
            (Held::Matched(one), Some(file)) => Ok(one.held.get_or_init(|| file.node(one.id))),
            _ => Err(Refusal::new(
                "a number was handed over that stands for no node",
            )),
        }
    }

    pub(crate) fn file(&self, number: u32) -> Answer<&File> {
        match (self.get(number)?, self.opened()) {
            (Held::Thing(Thing::File(file)), _) | (Held::Thing(Thing::Opened), Some(file)) => {
                Ok(file)
            }
            _ => Err(Refusal::new(
                "a number was handed over that stands for no file",
            )),
        }
    }

    /// Where a thing is.
    pub(crate) fn place(&self, number: u32) -> Answer<Location> {
        let Held::Thing(thing) = self.get(number)? else {
            return self.node(number)?.location();
        };
        match thing {
            Thing::Node(thing) => thing.location(),
            Thing::Span(thing) => thing.location(),
            Thing::File(_) | Thing::Opened => self.file(number)?.location(),
            Thing::Doc(thing) => thing.location(),
            Thing::Instruction(thing) => thing.location(),
            Thing::ShellCommand(thing) => thing.location(),
            _ => Err(Refusal::new(
                "`at` must be a node, span, document, instruction, command or file",
            )),
        }
    }

    /// Forgets everything: the call is over.
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.is_open = false;
        self.call = (self.call + 1) % CALLS;
        self.matched.clear();
        // Most calls ask for nothing.
        if self.all.len() > 1 {
            self.all.truncate(1);
        }
        // A call that took much is no reason to keep much.
        if self.all.capacity().max(self.matched.capacity()) > MOST_KEPT {
            self.all.shrink_to(MOST_KEPT);
            self.matched.shrink_to(MOST_KEPT);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use perfctl_core::place::ByteSpan;
    use perfctl_core::seams::Never;
    use perfctl_scan::repo::facts::Facts;
    use perfctl_scan::scanner::{Ruleset, survey};
    use perfctl_scan::walk::Scope;

    use super::*;

    /// Things of a call about a file of code, with the nodes `1..=3` matched.
    fn opened() -> (tempfile::TempDir, Arc<FileView>, Things, [u32; 4]) {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("m.py"), "f(1)\ng(2)\n").expect("a file");
        let ruleset = Ruleset {
            rules: Vec::new(),
            facts: Arc::new(Facts::default()),
            max_file_size: 1 << 20,
        };
        let survey = survey(dir.path(), &ruleset, &Scope::default(), &Never);
        let file = survey.view.open(survey.view.entry("m.py").expect("listed"));
        let file = file.unwrap_or_else(|problem| panic!("{}", problem.message));
        let mut things = Things::default();
        let numbers = call(&mut things, &file);
        (dir, file, things, numbers)
    }

    /// Begins a call: the numbers of the file and of three matches.
    fn call(things: &mut Things, file: &Arc<FileView>) -> [u32; 4] {
        let opened = things.open(file);
        let first = things
            .put_matched([1, 2, 3].map(NodeId).into_iter())
            .expect("room");
        [opened, first, first + 1, first + 2]
    }

    #[test]
    fn numbers_of_matches_are_followed_by_those_of_what_is_asked_for() {
        let (_dir, _, mut things, [file, first, second, third]) = opened();
        let id = |things: &Things, number| things.node(number).map(|node| node.id.0).ok();
        assert_eq!(id(&things, first), Some(1));
        let asked = things.node(third).expect("matched").clone();
        let asked = things.put(asked).expect("room");
        assert_eq!(asked, third + 1);
        let span = things.file(file).expect("opened").span(ByteSpan::new(0, 1));
        let span = things.put(span.expect("inside")).expect("room");
        assert_eq!(
            (id(&things, asked), id(&things, second)),
            (Some(3), Some(2))
        );
        assert!(things.span(span).is_ok() && things.node(span).is_err());
        assert!(things.file(file).is_ok() && things.file(second).is_err());
        // A match by another kind, the file as a node, one behind the last.
        let as_span = second & !(15 << KIND) | 2 << KIND;
        assert!(things.span(as_span).is_err() && things.node(file | 1 << KIND).is_err());
        assert!(things.node((span & !(15 << KIND) | 1 << KIND) + 1).is_err());
    }

    #[test]
    fn a_match_of_the_call_before_is_none_of_this() {
        let (_dir, file, mut things, before) = opened();
        things.clear();
        let is_known =
            |things: &Things, number| things.node(number).is_ok() || things.file(number).is_ok();
        assert!(!before.iter().any(|number| is_known(&things, *number)));
        let now = call(&mut things, &file);
        assert!(!before.iter().any(|number| is_known(&things, *number)));
        assert!(now.iter().all(|number| is_known(&things, *number)));
    }

    #[test]
    fn matches_and_what_is_asked_for_have_room_together() {
        let (_dir, _, mut things, [_, first, ..]) = opened();
        let node = things.node(first).expect("matched").clone();
        let count = (0..MOST).take_while(|_| things.put(node.clone()).is_ok());
        assert_eq!(count.count(), MOST - 4);
        things.clear();
        let ids = |count: u32| (0..count).map(NodeId).collect::<Vec<_>>().into_iter();
        assert!(things.put_matched(ids(MOST as u32)).is_err());
        assert!(things.put_matched(ids(MOST as u32 - 1)).is_ok());
        assert!(things.put(node).is_err());
    }
}
