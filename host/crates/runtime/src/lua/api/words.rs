//! The words of the API for kinds, roles, modifiers and effects.

use std::sync::OnceLock;

use mlua::Result;
use perfctl_scan::repo::facts::{EFFECTS, effect_bit};
use perfctl_scan::repo::resolve::Value as Meaning;
use perfctl_scan::tree::{Flags, Kind, Role};

/// The word that scripts use for a kind.
pub(super) fn kind_word(kind: Kind) -> &'static str {
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

pub(super) fn role_of(word: &str) -> Result<Role> {
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
            return Err(mlua::Error::runtime(format!(
                "`{word}` is no role of a child node"
            )));
        }
    })
}

pub(super) fn flag_of(word: &str) -> Result<Flags> {
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
        _ => {
            return Err(mlua::Error::runtime(format!(
                "`{word}` is no flag of a node"
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

pub(super) fn mask_of(effects: &[String]) -> Result<u32> {
    let mut mask = 0;
    for effect in effects {
        mask |= effect_bit(effect).ok_or_else(|| {
            mlua::Error::runtime(format!(
                "`{effect}` is no effect; there are {}",
                EFFECTS.join(", ")
            ))
        })?;
    }
    Ok(mask)
}
