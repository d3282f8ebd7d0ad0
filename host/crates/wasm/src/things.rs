//! The things that a plugin holds by their numbers, for the time of one call.

use perfctl_runtime::api::{
    Answer, Doc, Docker, File, Func, Instruction, LoadHop, Located, Location, Loop, Node, Refusal,
    ShellCommand, Span, Stage,
};

/// The most things of one call. A rule that looks at every node of a large file is far from it.
const MOST: usize = 500_000;

/// Bits of a number that say which thing of its call it is. Those above say which call it was, as far as there are bits for it, and those
/// from [`KIND`] on what kind of thing.
const CALL: u32 = 19;
const KIND: u32 = 28;

/// Calls that can be told apart.
const CALLS: u32 = 1 << (KIND - CALL);

const _: () = assert!(MOST <= 1 << CALL);
const _: () = assert!(size_of::<Thing>() <= 32);

/// Declares what plugins hold: the kinds with the numbers that the WIT gives them.
macro_rules! things {
    ($($number:literal $name:ident $kind:ident as $held:ty, $about:literal;)*) => {
        /// A thing that a plugin holds.
        #[derive(Clone)]
        pub(crate) enum Thing {
            $($kind($held),)*
        }

        $(impl From<$kind> for Thing {
            fn from(thing: $kind) -> Self {
                Self::$kind(thing.into())
            }
        })*

        impl Thing {
            fn kind(&self) -> u32 {
                match self {
                    $(Self::$kind(_) => $number,)*
                }
            }
        }

        impl Things {
            $(
                pub(crate) fn $name(&self, number: u32) -> Answer<&$kind> {
                    match self.get(number)? {
                        Thing::$kind(thing) => {
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
    1 node Node as Node, "node";
    2 span Span as Span, "span";
    3 file File as File, "file";
    4 doc Doc as Box<Doc>, "node of a document";
    5 instruction Instruction as Box<Instruction>, "instruction";
    6 command ShellCommand as Box<ShellCommand>, "command";
    7 func Func as Box<Func>, "function";
    8 around Loop as Box<Loop>, "loop";
    9 docker Docker as Box<Docker>, "Dockerfile";
    10 stage Stage as Box<Stage>, "stage";
    11 hop LoadHop as Box<LoadHop>, "hop";
}

/// Everything that a plugin was handed in a call.
#[derive(Default)]
pub(crate) struct Things {
    all: Vec<Thing>,
    /// Which call it is, counted in a circle: what a plugin kept from an earlier one is no thing of this.
    call: u32,
}

impl Things {
    /// The number of a thing.
    pub(crate) fn put(&mut self, thing: impl Into<Thing>) -> Answer<u32> {
        if self.all.len() >= MOST {
            return Err(Refusal::new(format!(
                "more than {MOST} nodes, files and other things in one call"
            )));
        }
        let thing = thing.into();
        let number = thing.kind() << KIND | self.call << CALL | self.all.len() as u32;
        self.all.push(thing);
        Ok(number)
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

    fn get(&self, number: u32) -> Answer<&Thing> {
        let at = (number & ((1 << CALL) - 1)) as usize;
        let known = self.all.get(at).filter(|thing| {
            thing.kind() == number >> KIND && self.call == (number >> CALL) % CALLS
        });
        known.ok_or_else(|| {
            Refusal::new(
                "a number was handed over that the plugin did not get in this call: what a call is given is forgotten when it returns",
            )
        })
    }

    /// Where a thing is.
    pub(crate) fn place(&self, number: u32) -> Answer<Location> {
        match self.get(number)? {
            Thing::Node(thing) => thing.location(),
            Thing::Span(thing) => thing.location(),
            Thing::File(thing) => thing.location(),
            Thing::Doc(thing) => thing.location(),
            Thing::Instruction(thing) => thing.location(),
            Thing::ShellCommand(thing) => thing.location(),
            _ => Err(Refusal::new(
                "`at` must be a node, span, document, instruction, command or file",
            )),
        }
    }

    /// Forgets everything: the call is over.
    pub(crate) fn clear(&mut self) {
        self.all.clear();
        self.call = (self.call + 1) % CALLS;
        // A call that took much is no reason to keep much.
        self.all.shrink_to(4096);
    }
}
