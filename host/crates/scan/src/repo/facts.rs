//! What is known about libraries: data that packs bring, never host code.
//!
//! A fact is a set of words under a path such as `requests.Session.get`. The host reads a few of them (`kind`, `verb`,
//! `flavour`, `role`, `within`, `as_param`, `takes_function`, `offloads`, `result_of`, `stands_for`, `wraps`, `gives_each`); all of them are there for rules to ask.

mod beside;
mod results;
mod written;

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, OnceLock};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use super::side::Sign;
use crate::lower::Language;
use crate::matcher::PathPattern;
pub use crate::matcher::braces;
use crate::model::eval::results::Results;
pub use beside::Clash;
use written::File;
pub use written::{Convention, EntryKey, Framework, Parameter, Platform};

/// The most paths of facts: with braces a short text names many. Those that come with perfctl are some thousands.
const MOST_PATHS: usize = 200_000;

/// The most conventions, platforms and the like, each of which is held against every file.
const MOST_ENTRIES: usize = 2000;

/// A facts file that cannot be used.
#[derive(Debug, Error)]
pub enum FactsError {
    /// Not TOML, or not of the schema.
    #[error("{path}: {message}")]
    Malformed {
        /// The file.
        path: String,
        /// What is wrong, with the line.
        message: String,
    },
}

/// The words of one path.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    words: Arc<BTreeMap<Box<str>, Box<str>>>,
    /// What calling it does, see [`Effects`].
    pub effects: Effects,
}

impl Fact {
    /// The word under `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(|word| &**word)
    }

    /// Whether the word under `key` is `word`.
    pub fn is(&self, key: &str, word: &str) -> bool {
        self.get(key) == Some(word)
    }

    /// Every key with its word, sorted.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(key, word)| (&**key, &**word))
    }
}

/// What running something does to the world, as bits in the order of [`EFFECTS`]; twice, since the same effect may
/// hold up the thread or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Every effect.
    pub all: u32,
    /// Those that hold up the calling thread until they are done.
    pub blocking: u32,
}

impl Effects {
    /// Whether nothing happens.
    pub fn is_empty(self) -> bool {
        self.all == 0
    }
}

/// The effects, by bit. A fact's `kind` names one; `db` splits by its `verb`.
pub const EFFECTS: &[&str] = &[
    "db-read",
    "db-write",
    "db-connect",
    "http",
    "cache",
    "queue",
    "storage",
    "disk",
    "process",
    "sleep",
    "mail",
    "secret",
    "compute",
    "rpc",
];

/// The bit of an effect.
pub fn effect_bit(name: &str) -> Option<u32> {
    EFFECTS
        .iter()
        .position(|effect| *effect == name)
        .map(|at| 1 << at)
}

fn effects_of(words: &BTreeMap<Box<str>, Box<str>>) -> Effects {
    let word = |key: &str| words.get(key).map(|word| &**word);
    let name = match (word("kind"), word("verb")) {
        (_, Some("construct" | "lazy" | "configure" | "none")) | (None, _) => {
            return Effects::default();
        }
        (Some("db"), Some("write")) => "db-write",
        (Some("db"), Some("connect")) => "db-connect",
        (Some("db"), _) => "db-read",
        (Some(kind), _) => kind,
    };
    let Some(all) = effect_bit(name) else {
        return Effects::default();
    };
    let blocking = if word("flavour") == Some("sync") {
        all
    } else {
        0
    };
    Effects { all, blocking }
}

/// All facts of all packs.
#[derive(Debug, Default)]
pub struct Facts {
    exact: FxHashMap<Box<str>, Fact>,
    below: FxHashMap<Box<str>, Fact>,
    deep: FxHashMap<Box<str>, Fact>,
    /// Of patterns such as `go.elastic.co/apm/**`, by what stands before the slash.
    inner: FxHashMap<Box<str>, Fact>,
    returns: FxHashMap<Box<str>, Box<str>>,
    /// What a name means wherever a module comes from that no fact knows: generated clients.
    endings: FxHashMap<Box<str>, Box<str>>,
    takes_function: FxHashSet<Box<str>>,
    /// Names of what takes no function but the text that spells one.
    takes_spelled: FxHashSet<Box<str>>,
    /// What calls hand back that their facts say it of, once somebody asked.
    results: OnceLock<Results>,
    roots: FxHashSet<Box<str>>,
    /// Those of them that only facts which stand beside others speak of.
    guests: FxHashSet<Box<str>>,
    conventions: Vec<Convention>,
    parameters: Vec<Parameter>,
    frameworks: Vec<Framework>,
    signs: Vec<Sign>,
    platforms: Vec<Platform>,
    entry_keys: Vec<EntryKey>,
}

/// The first word of a path: the library's name.
fn root(path: &str) -> &str {
    &path[..path.find(['.', '(']).unwrap_or(path.len())]
}

/// That what is left of a path without its end names one thing, written as paths are: a `*` or a brace in it would fit nothing, and no
/// more would what an instance has behind `()`, since that is written as what its class has.
fn check(base: &str, pattern: &str) -> Result<(), String> {
    let of_instance = base.match_indices("().").find(|(at, _)| {
        let name = base[..*at].rsplit(['.', '/']).next();
        name.is_some_and(|name| name.starts_with(|c: char| c.is_uppercase()))
    });
    if let Some((at, _)) = of_instance {
        let (class, name) = (&base[..at], &base[at + 2..]);
        return Err(format!(
            "`{pattern}` fits no path: what an instance has is written without the call, `{class}{name}`"
        ));
    }
    match base.is_empty() || base.contains(['*', '{', '}']) {
        false => Ok(()),
        true => Err(format!(
            "`{pattern}` fits no path: write a path, or one that ends in `.*` (one more word), `.**` (all below) or `/**` (all modules within)"
        )),
    }
}

impl Facts {
    /// Adds a facts file. What several files say of one path adds up, and the later one wins per key; of a pattern that ends with
    /// `.*` or `.**` the later fact replaces the earlier as a whole.
    ///
    /// # Errors
    /// When the text is no facts file.
    pub fn add(&mut self, path: &str, text: &str) -> Result<(), FactsError> {
        let malformed = |message: String| FactsError::Malformed {
            path: path.to_owned(),
            message,
        };
        let file: File = toml::from_str(text).map_err(|error| malformed(error.to_string()))?;
        if file.schema != "perfctl.facts/1" {
            return Err(malformed(format!(
                "schema is `{}`, expected `perfctl.facts/1`",
                file.schema
            )));
        }
        for mut table in file.fact {
            let paths = table.remove("paths").map(toml::Spanned::into_inner);
            let Some(toml::Value::Array(paths)) = paths else {
                return Err(malformed("a [[fact]] without `paths = [...]`".to_owned()));
            };
            let mut words: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
            for (key, value) in table {
                let at = value.span().start;
                let word = match value.into_inner() {
                    toml::Value::String(text) => text,
                    other => other.to_string(),
                };
                results::check(&key, &word).map_err(|message| {
                    let line = 1 + text[..at].matches('\n').count();
                    malformed(format!("line {line}: {message}"))
                })?;
                words.insert(key.into_boxed_str(), word.into_boxed_str());
            }
            let effects = effects_of(&words);
            let fact = Fact {
                words: Arc::new(words),
                effects,
            };
            for pattern in paths {
                let toml::Value::String(pattern) = pattern else {
                    return Err(malformed(
                        "`paths` holds something that is no text".to_owned(),
                    ));
                };
                for one in braces(&pattern) {
                    if self.paths() >= MOST_PATHS {
                        return Err(malformed(format!("more than {MOST_PATHS} paths")));
                    }
                    let ends = ["/**", ".**", ".*"];
                    let base = ends.iter().find_map(|end| one.strip_suffix(end));
                    check(base.unwrap_or(&one), &pattern).map_err(malformed)?;
                    self.insert(&one, &fact);
                }
            }
        }
        let signs = file.side.iter();
        let signs = signs.flat_map(|sign| [&sign.imports, &sign.packages, &sign.without]);
        let platforms = file.deployment.iter().map(|platform| &platform.imports);
        for text in signs.chain(platforms).flatten() {
            PathPattern::read(text).map_err(|error| malformed(error.to_string()))?;
        }
        for framework in &file.framework {
            for path in framework.imports.iter().chain(&framework.application) {
                check(path, path).map_err(malformed)?;
            }
        }
        let more = [
            file.convention.len(),
            file.parameter.len(),
            file.framework.len(),
            file.side.len(),
            file.deployment.len(),
            file.entry.len(),
        ];
        if self.entries() + more.iter().sum::<usize>() > MOST_ENTRIES {
            return Err(malformed(format!(
                "more than {MOST_ENTRIES} conventions, parameters, frameworks, sides, deployments and entries"
            )));
        }
        self.conventions.extend(file.convention);
        self.parameters.extend(file.parameter);
        self.frameworks.extend(file.framework);
        self.signs.extend(file.side);
        self.platforms.extend(file.deployment);
        self.entry_keys.extend(file.entry);
        for (from, to) in file.returns {
            for one in braces(&from) {
                let name = one.strip_prefix("**.");
                let base = name.or_else(|| one.strip_suffix(".*"));
                check(base.unwrap_or(&one), &from).map_err(malformed)?;
                if let Some(name) = name {
                    self.endings.insert(name.into(), to.as_str().into());
                    continue;
                }
                self.roots.insert(root(&one).into());
                self.returns.insert(one.into(), to.as_str().into());
            }
        }
        Ok(())
    }

    /// How many paths facts are there of.
    fn paths(&self) -> usize {
        self.exact.len() + self.below.len() + self.deep.len() + self.inner.len()
    }

    /// How many things are there that are held against every file.
    fn entries(&self) -> usize {
        self.conventions.len()
            + self.parameters.len()
            + self.frameworks.len()
            + self.signs.len()
            + self.platforms.len()
            + self.entry_keys.len()
    }

    fn insert(&mut self, path: &str, fact: &Fact) {
        self.results.take();
        self.roots.insert(root(path).into());
        if let Some(base) = path.strip_suffix("/**") {
            self.inner.insert(base.into(), fact.clone());
            return;
        }
        if let Some(base) = path.strip_suffix(".**") {
            self.deep.insert(base.into(), fact.clone());
            return;
        }
        if let Some(base) = path.strip_suffix(".*") {
            self.below.insert(base.into(), fact.clone());
            return;
        }
        let takes = ["takes_function", "role", "offloads"].map(|key| fact.get(key));
        // `router[method](path, handler)` has no name.
        let name = match path.ends_with("[]") {
            true => "[]",
            false => path.rsplit(['.', '/']).next().unwrap_or(path),
        };
        if takes[0] == Some("spelled") {
            self.takes_spelled.insert(name.into());
        } else if takes.iter().any(Option::is_some) {
            self.takes_function.insert(name.into());
        }
        // Facts share their words until two files speak of one path.
        match self.exact.entry(path.into()) {
            Entry::Vacant(slot) => {
                slot.insert(fact.clone());
            }
            Entry::Occupied(mut slot) => {
                let known = slot.get_mut();
                let more = fact.words.iter();
                Arc::make_mut(&mut known.words)
                    .extend(more.map(|(key, word)| (key.clone(), word.clone())));
                known.effects = effects_of(&known.words);
            }
        }
    }

    /// The fact of `path`: its own, else one for everything directly below its base (`a.b.*`), else one for everything
    /// below at any depth (`a.**`, and of modules within others `a/**`).
    pub fn get(&self, path: &str) -> Option<&Fact> {
        self.dotted(path).or_else(|| self.within(path))
    }

    /// The fact of `path` itself; none that a pattern says of many.
    pub fn exactly(&self, path: &str) -> Option<&Fact> {
        self.exact.get(path)
    }

    /// The fact for every module within one that holds the module of `path`.
    fn within(&self, path: &str) -> Option<&Fact> {
        if self.inner.is_empty() {
            return None;
        }
        let mut above = path.rmatch_indices('/').map(|(at, _)| &path[..at]);
        above.find_map(|above| self.inner.get(above))
    }

    fn dotted(&self, path: &str) -> Option<&Fact> {
        // Most paths are of libraries that no fact speaks of.
        if !self.roots.contains(root(path)) {
            return None;
        }
        if let Some(fact) = self.exact.get(path) {
            return Some(fact);
        }
        let (mut base, name) = path.rsplit_once('.')?;
        // What a class does when it is made, what its methods do does not tell.
        if name == "__init__" {
            return None;
        }
        if let Some(fact) = self.below.get(base) {
            return Some(fact);
        }
        if self.deep.is_empty() {
            return None;
        }
        loop {
            if let Some(fact) = self.deep.get(base) {
                return Some(fact);
            }
            base = base.rsplit_once('.')?.0;
        }
    }

    /// What a path stands for, when that has a name of its own: `requests.session()` is `requests.Session()`.
    pub fn rewrite(&self, path: &str) -> Option<&str> {
        if let Some(to) = self.returns.get(path) {
            return Some(to);
        }
        if path.ends_with(')') || path.ends_with(']') || self.exact.contains_key(path) {
            return None;
        }
        let (base, _) = path.rsplit_once('.')?;
        let mut key = String::with_capacity(base.len() + 2);
        key.push_str(base);
        key.push_str(".*");
        if let Some(to) = self.returns.get(key.as_str()) {
            return Some(to);
        }
        let to = self.endings.get(&path[base.len() + 1..])?;
        let root = path
            .split(['.', '('])
            .find(|word| !word.is_empty() && *word != "/")
            .unwrap_or(path);
        (!self.is_library(root) && !base.ends_with(')')).then_some(to)
    }

    fn is_library(&self, root: &str) -> bool {
        self.roots.contains(root) && !self.guests.contains(root)
    }

    /// Whether a library of this name is known, so that an import of it leads nowhere else.
    pub fn knows_root(&self, root: &str) -> bool {
        self.is_library(root) || self.within(root).is_some()
    }

    /// Whether some fact speaks of a library of this name.
    pub fn speaks_of_root(&self, root: &str) -> bool {
        self.roots.contains(root) || self.within(root).is_some()
    }

    /// Whether something by this last name takes a function that runs later.
    pub fn takes_function(&self, name: &str) -> bool {
        self.takes_function.contains(name)
    }

    /// Whether something by this last name takes the text that spells a function.
    pub fn takes_spelled(&self, name: &str) -> bool {
        self.takes_spelled.contains(name) || self.takes_function.contains(name)
    }

    /// Frameworks worth naming.
    pub fn frameworks(&self) -> &[Framework] {
        &self.frameworks
    }

    /// What shows where a file runs, in order.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// What shows where something is deployed.
    pub fn platforms(&self) -> &[Platform] {
        &self.platforms
    }

    /// Where deploy files name functions.
    pub fn entry_keys(&self) -> &[EntryKey] {
        &self.entry_keys
    }

    /// Functions that platforms call by name.
    pub fn conventions(&self) -> &[Convention] {
        &self.conventions
    }

    /// What a parameter of that name holds where nothing else is known of it.
    pub fn parameter(&self, name: &str, language: Language) -> Option<&str> {
        let mut all = self.parameters.iter();
        let fits = |one: &&Parameter| {
            one.names.iter().any(|known| known == name)
                && one.languages.iter().any(|known| known == language.name())
        };
        all.find(fits).map(|one| one.is.as_str())
    }

    /// Whether parameters of any name are known.
    pub fn knows_parameters(&self) -> bool {
        !self.parameters.is_empty()
    }

    /// Every fact, of whatever path.
    pub fn all(&self) -> impl Iterator<Item = &Fact> {
        let patterns = [&self.below, &self.deep, &self.inner];
        let patterns = patterns.into_iter().flat_map(|facts| facts.values());
        self.exact.values().chain(patterns)
    }
}

/// The files that patterns of facts name; `*` stays within one name.
pub(crate) fn globs(patterns: &[String]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        if crate::matcher::files::is_sane(pattern)
            && let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build()
        {
            builder.add(glob);
        }
    }
    builder.build().unwrap_or_default()
}

#[cfg(test)]
mod tests;
