//! The names of fields and methods that scripts may use, for who writes one that there is not.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use perfctl_wire::table::nearest;

/// What editors complete: a test holds it against what is registered.
pub(super) const STUBS: &str = include_str!("../../../../../../sdk/lua/perfctl.d.luau");

/// Fields and methods of a kind of thing.
#[derive(Default)]
struct Names {
    fields: Vec<&'static str>,
    methods: Vec<&'static str>,
}

static KINDS: LazyLock<BTreeMap<&str, Names>> = LazyLock::new(|| {
    let mut kinds = BTreeMap::<&str, Names>::new();
    let mut kind = None;
    for line in STUBS.lines() {
        if let Some(rest) = line.strip_prefix("declare extern type ") {
            kind = rest.split_whitespace().next();
        } else if line == "end" {
            kind = None;
        } else if let Some(names) = kind.map(|kind| kinds.entry(kind).or_default()) {
            let (rest, list) = match line.trim_start().strip_prefix("function ") {
                Some(rest) => (rest, &mut names.methods),
                None => (line.trim_start(), &mut names.fields),
            };
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            if let Some(end @ 1..) = end {
                list.push(&rest[..end]);
            }
        }
    }
    kinds
});

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// Which name of a kind of thing may have been meant.
pub(super) fn near(kind: &str, name: &str) -> String {
    let names = KINDS.get(kind).into_iter();
    let all = names.flat_map(|names| names.fields.iter().chain(&names.methods));
    did_you_mean(nearest(name, all.copied()))
}

/// What to say of a method that is called and that nothing has.
pub(in crate::lua) fn no_method(name: &str) -> String {
    let is_field = KINDS.values().any(|kind| kind.fields.contains(&name));
    let of: Vec<&str> = KINDS
        .iter()
        .filter(|(_, names)| names.methods.contains(&name))
        .map(|(kind, _)| *kind)
        .collect();
    match (is_field, of.as_slice()) {
        (true, _) => format!("`{name}` is no method: a field is read without brackets, `.{name}`"),
        (false, []) => {
            let all = KINDS.values().flat_map(|names| names.methods.iter());
            let near = did_you_mean(nearest(name, all.copied()));
            format!("there is no method `{name}`{near}")
        }
        (false, of) => format!(
            "`{name}` is a method of {}, and of nothing else",
            of.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_calls_what_there_is_not_is_told_what_there_is() {
        assert_eq!(
            no_method("recever"),
            "there is no method `recever`; did you mean `receiver`?"
        );
        assert_eq!(
            no_method("text"),
            "`text` is no method: a field is read without brackets, `.text`"
        );
        assert_eq!(
            no_method("receiver"),
            "`receiver` is a method of Node, and of nothing else"
        );
        assert_eq!(near("Node", "lin"), "; did you mean `line`?");
        assert_eq!(near("Node", "zzzzzz"), "");
    }
}
