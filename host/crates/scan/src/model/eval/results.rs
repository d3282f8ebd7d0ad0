//! Calls that give what they are handed, or what comes of calling it: `asyncio.to_thread(load)`, `functools.partial(load, 1)`.
//!
//! Facts say that of paths. Of many calls the file alone does not tell the whole path (`self.loop.run_in_executor`): then the last name
//! decides, but only where no other library has something by that name.

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
    /// One result for each argument, or for each item of the first.
    Each,
}

/// Where what is called comes from, as far as its file tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The path itself, as facts write it.
    Path(String),
    /// Something that comes of calling or reading what this module holds.
    Within(String),
    /// Nothing is known.
    Unknown,
}

/// What is known of one last name.
#[derive(Debug, Default)]
struct Named {
    /// The paths that facts say it of.
    paths: Vec<(Box<str>, Given)>,
    /// Whether facts speak of another path by this name and say nothing of the kind.
    is_shared: bool,
}

impl Named {
    /// What all of its paths give, where no other path has the name.
    fn by_name(&self) -> Option<Given> {
        let (_, first) = self.paths.first()?;
        let is_one = !self.is_shared && self.paths.iter().all(|(_, given)| given == first);
        is_one.then_some(*first)
    }
}

/// What calls give that hand something back, by the last name of what is called.
#[derive(Debug, Default)]
pub struct Results {
    named: FxHashMap<Box<str>, Named>,
    libraries: FxHashSet<Box<str>>,
}

/// The last name of a path.
fn last(path: &str) -> &str {
    path.rsplit(['.', '/']).next().unwrap_or(path)
}

/// The library of a path, or of a module.
fn library(path: &str) -> &str {
    &path[..path.find('.').unwrap_or(path.len())]
}

impl Results {
    /// Notes that calls of `path` give that.
    pub fn add(&mut self, path: &str, given: Given) {
        let named = self.named.entry(last(path).into()).or_default();
        named.paths.push((path.into(), given));
    }

    /// Notes that facts speak of `path` and say nothing of what it hands back.
    pub fn share(&mut self, path: &str) {
        if let Some(named) = self.named.get_mut(last(path)) {
            named.is_shared = true;
        }
    }

    /// Notes that facts speak of a library by this name.
    pub fn know(&mut self, library: &str) {
        self.libraries.insert(library.into());
    }

    /// Whether facts speak of the library that a module is of.
    pub fn is_library(&self, module: &str) -> bool {
        let module = module.strip_prefix("node:").unwrap_or(module);
        let root = module.split(['.', '/']).next().unwrap_or(module);
        self.libraries.contains(root)
    }

    /// Whether calls by this last name may give what they are handed.
    pub fn knows(&self, name: &str) -> bool {
        self.named.contains_key(name)
    }

    /// What calls by this last name give of something that comes from `origin`.
    pub fn of(&self, name: &str, origin: &Origin) -> Option<Given> {
        let named = self.named.get(name)?;
        let (Origin::Path(path) | Origin::Within(path)) = origin else {
            return named.by_name();
        };
        let itself = named.paths.iter().find(|(known, _)| **known == **path);
        if let (Origin::Path(_), Some((_, given))) = (origin, itself) {
            return Some(*given);
        }
        let from = library(path);
        // What no fact speaks of may be a module of the repository, which hands the library's on.
        if !self.libraries.contains(from) {
            return named.by_name();
        }
        let is_of_it = named.paths.iter().any(|(known, _)| library(known) == from);
        let may_be = is_of_it && matches!(origin, Origin::Within(_));
        may_be.then(|| named.by_name()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_call_gives_is_said_of_its_path_and_of_others_only_where_the_name_has_one_meaning() {
        let mut results = Results::default();
        results.know("acme");
        results.know("redis");
        results.add("acme.from_url", Given::Argument(0));
        let path = |path: &str| Origin::Path(path.to_owned());
        let within = |path: &str| Origin::Within(path.to_owned());
        for (origin, given) in [
            (path("acme.from_url"), true),
            (path("acme.other.from_url"), false),
            (path("redis.Redis.from_url"), false),
            (path("shop.urls.from_url"), true),
            (within("acme"), true),
            (within("redis"), false),
            (within("shop"), true),
            (Origin::Unknown, true),
        ] {
            assert_eq!(
                results.of("from_url", &origin).is_some(),
                given,
                "{origin:?}"
            );
        }
        results.share("redis.Redis.from_url");
        for (origin, given) in [
            (path("acme.from_url"), true),
            (path("shop.urls.from_url"), false),
            (within("acme"), false),
            (Origin::Unknown, false),
        ] {
            assert_eq!(
                results.of("from_url", &origin).is_some(),
                given,
                "{origin:?}"
            );
        }
        assert!(!results.knows("from") && results.of("from", &Origin::Unknown).is_none());
    }
}
