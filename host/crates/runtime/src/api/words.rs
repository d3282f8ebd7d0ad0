//! The words of the API for kinds, roles, modifiers, effects and patterns.

use std::sync::OnceLock;

use perfctl_core::fix::Safety;
use perfctl_scan::matcher::PathPattern;
use perfctl_scan::repo::facts::{EFFECTS, effect_bit};
use perfctl_scan::repo::resolve::Value as Meaning;
use perfctl_scan::tree::{Flags, Kind, Role};
use perfctl_wire::table::nearest;
use rustc_hash::{FxHashMap, FxHashSet};

use super::refusal::{Answer, Refusal};

/// Most words of a list that a question takes.
pub const MOST_WORDS: usize = 1000;

/// Refuses a list of so many words, if it is too long.
///
/// # Errors
/// When it is.
pub fn check_length(words: usize) -> Answer<()> {
    match words > MOST_WORDS {
        true => Err(Refusal::new(format!(
            "more than {MOST_WORDS} words in one list"
        ))),
        false => Ok(()),
    }
}

/// Reads patterns over dotted paths, each once.
///
/// # Errors
/// When one could not fit any path, or when they are too many. What braces stand for counts: names are compared with each of it.
pub fn patterns<S: AsRef<str>>(texts: &[S]) -> Answer<Vec<PathPattern>> {
    check_length(texts.len())?;
    let mut all = Vec::with_capacity(texts.len());
    let mut known = FxHashSet::default();
    for text in texts {
        let read = PathPattern::read(text.as_ref());
        let read = read.map_err(|error| Refusal::new(error.to_string()))?;
        all.extend(read.into_iter().filter(|one| known.insert(one.clone())));
        if all.len() > MOST_WORDS {
            return Err(Refusal::new(format!(
                "more than {MOST_WORDS} patterns in one list, those that braces stand for counted"
            )));
        }
    }
    Ok(all)
}

/// Some kinds of nodes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kinds([u64; 4]);

impl Kinds {
    /// The kinds that words name.
    ///
    /// # Errors
    /// When one names none, or when they are too many.
    pub fn named<S: AsRef<str>>(words: &[S]) -> Answer<Self> {
        check_length(words.len())?;
        let mut kinds = Self::default();
        for word in words {
            let (at, bit) = place(kind_of(word.as_ref())?);
            kinds.0[at] |= bit;
        }
        Ok(kinds)
    }

    /// Whether a kind is among them.
    pub fn holds(&self, kind: Kind) -> bool {
        let (at, bit) = place(kind);
        self.0[at] & bit != 0
    }
}

fn place(kind: Kind) -> (usize, u64) {
    let number = usize::from(kind as u8);
    (number / 64, 1 << (number % 64))
}

/// The kind of a node that a word names.
fn kind_of(word: &str) -> Answer<Kind> {
    static KINDS: OnceLock<FxHashMap<&str, Kind>> = OnceLock::new();
    let words = || Kind::ALL.iter().map(|kind| (kind_word(*kind), *kind));
    let known = KINDS.get_or_init(|| words().collect());
    known.get(word).copied().ok_or_else(|| {
        let near = nearest(word, words().map(|(word, _)| word));
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let shown: String = word.chars().take(80).collect();
        Refusal::new(format!("`{shown}` is no kind of a node{near}"))
    })
}

/// The word for a kind of node.
pub fn kind_word(kind: Kind) -> &'static str {
    static WORDS: [OnceLock<String>; 256] = [const { OnceLock::new() }; 256];
    WORDS[usize::from(kind as u8)].get_or_init(|| {
        let name = format!("{kind:?}");
        let mut word = String::with_capacity(name.len() + 4);
        for (at, c) in name.chars().enumerate() {
            if c.is_ascii_uppercase() && at > 0 {
                word.push('-');
            }
            word.push(c.to_ascii_lowercase());
        }
        word
    })
}

/// The role of a child that a word names.
///
/// # Errors
/// When it names none.
pub fn role_of(word: &str) -> Answer<Role> {
    Ok(match word {
        "body" => Role::Body,
        "else" => Role::Else,
        "test" => Role::Test,
        "init" => Role::Init,
        "step" => Role::Step,
        "iter" => Role::Iter,
        "target" => Role::Target,
        "value" => Role::Value,
        "callee" => Role::Callee,
        "arg" => Role::Arg,
        "key" => Role::Key,
        "index" => Role::Index,
        "item" => Role::Item,
        "handler" => Role::Handler,
        "finally" => Role::Finally,
        "decorator" => Role::Decorator,
        "param" => Role::Param,
        "returns" => Role::Returns,
        "type" => Role::Type,
        "default" => Role::Default,
        "base" => Role::Base,
        _ => {
            return Err(Refusal::new(format!("`{word}` is no role of a child node")));
        }
    })
}

/// The modifier of a node that a word names.
///
/// # Errors
/// When it names none.
pub fn flag_of(word: &str) -> Answer<Flags> {
    Ok(match word {
        "async" => Flags::ASYNC,
        "generator" => Flags::GENERATOR,
        "static" => Flags::STATIC,
        "lambda" => Flags::LAMBDA,
        "new" => Flags::NEW,
        "composite" => Flags::COMPOSITE,
        "type-only" => Flags::TYPE_ONLY,
        "export" => Flags::EXPORT,
        "const" => Flags::CONST,
        "declare" => Flags::DECLARE,
        _ => return Err(Refusal::new(format!("`{word}` is no flag of a node"))),
    })
}

/// The class of a fix that a word names.
///
/// # Errors
/// When it names none.
pub fn safety_of(word: &str) -> Answer<Safety> {
    Ok(match word {
        "safe" => Safety::Safe,
        "unsafe" => Safety::Unsafe,
        "shown-only" => Safety::DisplayOnly,
        other => {
            return Err(Refusal::new(format!(
                "`{other}` is none of safe, unsafe, shown-only"
            )));
        }
    })
}

/// The word of a meaning that only its root tells: `unknown`, `param`, `project`, `literal`, `library`.
pub(super) fn sort_of(meaning: &Meaning) -> &'static str {
    match meaning {
        Meaning::Unknown => "unknown",
        Meaning::Param(..) => "param",
        Meaning::Library(path) if path.starts_with('%') => "literal",
        Meaning::Library(_) => "library",
        _ => "project",
    }
}

/// Effects as bits, in the order of [`EFFECTS`].
///
/// # Errors
/// When a word names none.
pub fn mask_of<S: AsRef<str>>(effects: &[S]) -> Answer<u32> {
    let mut mask = 0;
    for effect in effects {
        let effect = effect.as_ref();
        mask |= effect_bit(effect).ok_or_else(|| {
            Refusal::new(format!(
                "`{effect}` is no effect; there are {}",
                EFFECTS.join(", ")
            ))
        })?;
    }
    Ok(mask)
}

/// The words for the bits of effects.
pub(super) fn effects_of(mask: u32) -> Vec<&'static str> {
    EFFECTS
        .iter()
        .enumerate()
        .filter(|(at, _)| mask & (1 << at) != 0)
        .map(|(_, name)| *name)
        .collect()
}
