//! Lists of strings that scripts hand over, and patterns over dotted paths.

use std::rc::Rc;

use mlua::{Lua, Result, Table, Value};
use perfctl_scan::matcher::PathPattern;
use rustc_hash::FxHashMap;

use crate::api::words::{check_length, patterns};

/// Most lists and patterns whose reading is remembered. A pack has a few thousand; a script that makes ever new ones begins anew.
const MOST_KNOWN: usize = 8192;

/// Strings given as one string or a list of them.
pub(super) fn words(value: Value) -> Result<Vec<String>> {
    match value {
        Value::String(one) => Ok(vec![one.to_str()?.to_owned()]),
        Value::Table(list) => {
            check_length(list.raw_len())?;
            list.sequence_values::<String>().collect()
        }
        other => Err(mlua::Error::runtime(format!(
            "a string or a list of strings is needed, not {}",
            other.type_name()
        ))),
    }
}

/// A string or a list of strings, none of which need be text.
pub(super) fn byte_strings(value: Value) -> Result<Vec<Vec<u8>>> {
    match value {
        Value::String(one) => Ok(vec![one.as_bytes().to_vec()]),
        Value::Table(list) => {
            check_length(list.raw_len())?;
            list.sequence_values::<mlua::LuaString>()
                .map(|one| one.map(|one| one.as_bytes().to_vec()))
                .collect()
        }
        other => Err(mlua::Error::runtime(format!(
            "a string or a list of strings is needed, not {}",
            other.type_name()
        ))),
    }
}

/// What an interpreter read of patterns before.
#[derive(Default)]
struct Known {
    by_text: FxHashMap<Box<[u8]>, Rc<[PathPattern]>>,
    /// Lists that nobody can change, by their address, which they keep as long as they are held here.
    by_list: FxHashMap<usize, (Table, Rc<[PathPattern]>)>,
}

/// Patterns over dotted paths, given as one string or a list of them. Scripts ask the same of call after call: what was read once is not
/// read again, if it is a text or a list that is frozen.
pub(super) fn patterns_of(lua: &Lua, value: Value) -> Result<Rc<[PathPattern]>> {
    if lua.app_data_ref::<Known>().is_none() {
        lua.set_app_data(Known::default());
    }
    let known = || {
        lua.app_data_mut::<Known>()
            .ok_or_else(|| mlua::Error::runtime("nothing is remembered here"))
    };
    match &value {
        Value::String(text) => {
            let bytes = text.as_bytes();
            if let Some(patterns) = known()?.by_text.get(&*bytes) {
                return Ok(patterns.clone());
            }
            let patterns = read(value.clone())?;
            let mut known = known()?;
            if known.by_text.len() >= MOST_KNOWN {
                known.by_text.clear();
            }
            known.by_text.insert(Box::from(&*bytes), patterns.clone());
            Ok(patterns)
        }
        Value::Table(list) if list.is_readonly() => {
            let address = list.to_pointer() as usize;
            if let Some((_, patterns)) = known()?.by_list.get(&address) {
                return Ok(patterns.clone());
            }
            let patterns = read(value.clone())?;
            let mut known = known()?;
            if known.by_list.len() >= MOST_KNOWN {
                known.by_list.clear();
            }
            known
                .by_list
                .insert(address, (list.clone(), patterns.clone()));
            Ok(patterns)
        }
        _ => read(value),
    }
}

fn read(value: Value) -> Result<Rc<[PathPattern]>> {
    Ok(patterns(&words(value)?)?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_again_unless_it_is_frozen() {
        let lua = Lua::new();
        let list = lua
            .create_sequence_from(["a.b", "c.{d,e}"])
            .expect("a list");
        let count =
            |list: &Table| patterns_of(&lua, Value::Table(list.clone())).map(|all| all.len());
        assert_eq!(count(&list).expect("reads"), 3);
        list.raw_push("f").expect("it is open");
        assert_eq!(count(&list).expect("reads"), 4);
        list.set_readonly(true);
        let first = patterns_of(&lua, Value::Table(list.clone())).expect("reads");
        let again = patterns_of(&lua, Value::Table(list)).expect("reads");
        assert!(Rc::ptr_eq(&first, &again));
    }

    #[test]
    fn a_text_is_read_once_and_what_is_none_is_refused_each_time() {
        let lua = Lua::new();
        let text = |text: &str| Value::String(lua.create_string(text).expect("a string"));
        let first = patterns_of(&lua, text("a.*")).expect("reads");
        let again = patterns_of(&lua, text("a.*")).expect("reads");
        assert!(Rc::ptr_eq(&first, &again));
        for _ in 0..2 {
            assert!(patterns_of(&lua, text("a.*.b")).is_err());
            assert!(patterns_of(&lua, Value::Boolean(true)).is_err());
        }
    }
}
