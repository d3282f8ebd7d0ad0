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

/// The kinds that have a name among their fields, or methods.
fn of_kinds(name: &str, list: impl Fn(&Names) -> &[&'static str]) -> Vec<&'static str> {
    let having = KINDS
        .iter()
        .filter(|(_, names)| list(names).contains(&name));
    having.map(|(kind, _)| *kind).collect()
}

/// What to say of a method that is called on what does not have it.
pub(in crate::lua) fn no_method(name: &str) -> String {
    let fields = of_kinds(name, |names| &names.fields).join(", ");
    let methods = of_kinds(name, |names| &names.methods).join(", ");
    match (fields.as_str(), methods.as_str()) {
        ("", "") => {
            let all = KINDS.values().flat_map(|names| names.methods.iter());
            let near = did_you_mean(nearest(name, all.copied()));
            format!("there is no method `{name}`{near}")
        }
        (fields, "") => {
            format!("`{name}` is a field of {fields}, read without brackets, and no method")
        }
        ("", methods) => {
            format!("`{name}` is a method of {methods}, and it is called on something else")
        }
        (fields, methods) => format!(
            "`{name}` is a method of {methods} and a field of {fields}, and it is called on something else or with brackets too many"
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
            no_method("line"),
            "`line` is a field of Doc, Instruction, Node, Span, read without brackets, and no method"
        );
        assert_eq!(
            no_method("receiver"),
            "`receiver` is a method of Node, and it is called on something else"
        );
        assert_eq!(
            no_method("reach"),
            "`reach` is a method of Node and a field of Func, and it is called on something else or with brackets too many"
        );
        assert_eq!(near("Node", "lin"), "; did you mean `line`?");
        assert_eq!(near("Node", "zzzzzz"), "");
    }
}
