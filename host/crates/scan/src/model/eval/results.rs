//! Calls that give what they are handed, or what comes of calling it: `asyncio.to_thread(load)`, `functools.partial(load, 1)`.

use rustc_hash::{FxHashMap, FxHashSet};

/// What a call gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Its argument at that position, from 0.
    Argument(usize),
    /// What the function gives that is its argument at that position.
    ResultOf(usize),
    /// Something that is called in place of the function at that position, elsewhere: calling it gives what the function does.
    Wrapped(usize),
}

/// What calls give that hand something back, by the last name of what is called.
#[derive(Debug, Default)]
pub struct Results {
    given: FxHashMap<Box<str>, Given>,
    gathering: FxHashSet<Box<str>>,
}

impl Results {
    /// Notes that calls by this last name give that.
    pub fn add(&mut self, name: &str, given: Given) {
        self.given.insert(name.into(), given);
    }

    /// Notes that calls by this last name give one result for each argument.
    pub fn add_gathering(&mut self, name: &str) {
        self.gathering.insert(name.into());
    }

    /// What calls by this last name give.
    pub fn of(&self, name: &str) -> Option<Given> {
        self.given.get(name).copied()
    }

    /// Whether calls by this last name give one result for each argument.
    pub fn gathers(&self, name: &str) -> bool {
        self.gathering.contains(name)
    }
}
