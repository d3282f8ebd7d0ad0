//! Globals that a script names and that are not there, or that it would make: Luau says of `os.time()` only that something was nil.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use mlua::{Lua, Value};
use perfctl_wire::table::nearest;

/// Names kept of one call; what failed was read last.
const KEPT: usize = 16;

/// The longest name that is kept, in bytes.
const LONGEST: usize = 64;

/// Names of absent globals that the script read in the call that runs, the latest last.
#[derive(Clone, Default)]
pub(super) struct Absent(Rc<RefCell<VecDeque<String>>>);

impl Absent {
    /// Listens to reads of globals that are not there; they stay nil, so that a script may ask for them. Before the sandbox closes.
    pub(super) fn listen(&self, lua: &Lua) -> mlua::Result<()> {
        let mine = self.clone();
        let index = lua.create_function(move |_, (_, name): (Value, Value)| {
            if let Value::String(name) = name {
                mine.note(&name.as_bytes());
            }
            Ok(Value::Nil)
        })?;
        let meta = lua.create_table()?;
        meta.raw_set("__index", index)?;
        meta.raw_set("__metatable", "globals")?;
        meta.set_readonly(true);
        lua.globals().set_metatable(Some(meta))
    }

    /// Forgets what was noted: another call begins.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    fn note(&self, name: &[u8]) {
        let Ok(name) = std::str::from_utf8(name) else {
            return;
        };
        let mut names = self.0.borrow_mut();
        if name.len() > LONGEST || names.back().is_some_and(|last| last == name) {
            return;
        }
        if names.len() == KEPT {
            names.pop_front();
        }
        names.push_back(name.to_owned());
    }

    /// What an error about nil in `line` of `source` is about, if it is about an absent global.
    pub(super) fn explain(&self, source: &str, line: usize, known: &[String]) -> Option<String> {
        let code = source.lines().nth(line.checked_sub(1)?)?;
        let names = self.0.borrow();
        let name = names.iter().rev().find(|name| is_read(code, name))?;
        let why = match name.as_str() {
            "os" | "io" | "debug" | "package" => {
                ": scripts reach neither files nor the clock nor anything else of the machine"
                    .to_owned()
            }
            "require" => ": the pack has no modules, which would lie in its `lib/`".to_owned(),
            "load" | "loadstring" | "dofile" | "loadfile" => ": scripts load no code".to_owned(),
            _ => {
                let own = declared(source);
                let known = known.iter().map(String::as_str).chain(own);
                nearest(name, known.filter(|other| *other != name.as_str()))
                    .map_or(String::new(), |near| format!("; did you mean `{near}`?"))
            }
        };
        Some(format!("there is no `{name}` here{why}"))
    }
}

/// What an error about something that cannot be changed is about in `line` of `source`, if the line would make a global.
pub(super) fn made(source: &str, line: usize) -> Option<String> {
    let code = source.lines().nth(line.checked_sub(1)?)?.trim_start();
    let function = code.strip_prefix("function ");
    let rest = function.unwrap_or(code);
    let name = &rest[..rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len())];
    let after = rest[name.len()..].trim_start();
    let is_made = match function {
        Some(_) => after.starts_with('('),
        // `a = 1`, `a, b = 1, 2`, `a += 1`; not `a.b = 1`, nor what begins with a word of the language.
        None => {
            let assigned = after.trim_start_matches(['+', '-', '*', '/', '.', ',', ' ']);
            let is_list = after.starts_with(',') && after.contains('=');
            is_list || assigned.starts_with('=') && !assigned.starts_with("==")
        }
    };
    (is_made && !name.is_empty()).then(|| {
        let kind = if function.is_some() { "function " } else { "" };
        format!("`{name}` would be a global, and scripts make none: write `local {kind}{name}`")
    })
}

/// Whether `code` holds the word `name`, not as a field of something.
fn is_read(code: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        !code[..at].ends_with(|c| is_word(c) || c == ':' || c == '.')
            && !code[at + name.len()..].starts_with(is_word)
    })
}

/// Words that follow `local` and `function`.
fn declared(source: &str) -> impl Iterator<Item = &str> {
    let words = source.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let declared = words
        .windows(2)
        .filter(|pair| matches!(pair[0], "local" | "function") && pair[1] != "function")
        .map(|pair| pair[1]);
    declared.collect::<Vec<&str>>().into_iter()
}
