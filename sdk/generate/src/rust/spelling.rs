//! Types of the API as Rust spells them, and how they come out of the bindings.

use std::collections::BTreeSet;

use crate::model::{Class, Type};

/// Words that are enums in Rust: these are asked for often, and a mistyped one would go unseen. Kinds stay texts, since there will be more.
pub(super) const ENUMS: [&str; 2] = ["Presence", "Reach"];

/// A type that comes back.
pub(super) fn returned(of: &Type) -> String {
    match of {
        Type::Bool => "bool".to_owned(),
        Type::U8 => "u8".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::S32 => "i32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::Word(name) if ENUMS.contains(&name.as_str()) => name.clone(),
        Type::String | Type::Word(_) => "String".to_owned(),
        Type::List(item) => format!("Vec<{}>", returned(item)),
        Type::Map(key, value) => format!("Vec<({}, {})>", returned(key), returned(value)),
        Type::Option(inner) => format!("Option<{}>", returned(inner)),
        Type::Tuple(parts) => {
            let parts: Vec<_> = parts.iter().map(returned).collect();
            format!("({})", parts.join(", "))
        }
        Type::Place => "Place".to_owned(),
        Type::Class(name) | Type::Record(name) | Type::Variant(name) => name.clone(),
    }
}

/// An expression of the bindings as the type that the wrapper returns.
pub(super) fn converted(of: &Type, expression: &str) -> String {
    if is_plain(of) {
        return expression.to_owned();
    }
    match of {
        Type::Class(name) => format!("{name}({expression})"),
        Type::Word(name) => format!("{name}::read(&{expression})"),
        Type::Record(name) => format!("{name}::read({expression})"),
        Type::Option(inner) => format!("{expression}.map({})", closure(inner)),
        Type::List(inner) => {
            format!("{expression}.into_iter().map({}).collect()", closure(inner))
        }
        Type::Tuple(parts) => {
            let names: Vec<_> = (0..parts.len()).map(|at| format!("part{at}")).collect();
            let inner: Vec<_> = parts
                .iter()
                .zip(&names)
                .map(|(part, name)| converted(part, name))
                .collect();
            format!(
                "{{\n            let ({}) = {expression};\n            ({})\n        }}",
                names.join(", "),
                inner.join(", ")
            )
        }
        _ => expression.to_owned(),
    }
}

/// What turns one item into what the wrapper returns.
fn closure(of: &Type) -> String {
    match of {
        Type::Class(name) => name.clone(),
        Type::Record(name) => format!("{name}::read"),
        _ => format!("|item| {}", converted(of, "item")),
    }
}

/// Whether the bindings have the very type that the wrapper returns.
fn is_plain(of: &Type) -> bool {
    match of {
        Type::Class(_) | Type::Record(_) | Type::Place => false,
        Type::Word(name) => !ENUMS.contains(&name.as_str()),
        Type::List(inner) | Type::Option(inner) => is_plain(inner),
        Type::Map(key, value) => is_plain(key) && is_plain(value),
        Type::Tuple(parts) => parts.iter().all(is_plain),
        _ => true,
    }
}

/// The `use` lines of a file with some classes.
pub(super) fn imports(classes: &[&Class]) -> String {
    let mut names = BTreeSet::new();
    let mut lists = false;
    for class in classes {
        for member in &class.members {
            named(&member.result, &mut names);
            for parameter in &member.parameters {
                named(&parameter.is, &mut names);
                lists |= takes_list(&parameter.is);
            }
        }
    }
    for class in classes {
        names.remove(class.name.as_str());
    }
    let of = |test: fn(&str) -> bool| {
        let found: Vec<_> = names.iter().copied().filter(|name| test(name)).collect();
        found.join(", ")
    };
    let mut text = "use crate::bindings::rule_pack::perfctl::plugin as raw;\n".to_owned();
    if lists {
        text += "use crate::list::IntoList;\n";
    }
    for (module, found) in [
        ("literal", of(is_variant)),
        (
            "model",
            of(|name| !is_variant(name) && !ENUMS.contains(&name)),
        ),
        ("words", of(|name| ENUMS.contains(&name))),
    ] {
        if !found.is_empty() {
            text += &format!("use crate::{module}::{{{found}}};\n");
        }
    }
    text
}

fn is_variant(name: &str) -> bool {
    ["Argument", "Literal"].contains(&name)
}

fn takes_list(of: &Type) -> bool {
    match of {
        Type::List(_) => true,
        Type::Option(inner) => takes_list(inner),
        _ => false,
    }
}

/// The names of types that a type holds.
pub(super) fn named<'a>(of: &'a Type, names: &mut BTreeSet<&'a str>) {
    match of {
        Type::Class(name) | Type::Record(name) | Type::Variant(name) => {
            names.insert(name);
        }
        Type::Word(name) if ENUMS.contains(&name.as_str()) => {
            names.insert(name);
        }
        Type::List(inner) | Type::Option(inner) => named(inner, names),
        Type::Map(key, value) => {
            named(key, names);
            named(value, names);
        }
        Type::Tuple(parts) => parts.iter().for_each(|part| named(part, names)),
        _ => {}
    }
}

/// A name of the WIT that is not a keyword of Rust, as the bindings write it.
pub(super) fn module(interface: &str) -> String {
    let name = crate::names::snake(interface);
    if name == "loop" {
        "loop_".to_owned()
    } else {
        name
    }
}

/// Lines of documentation.
pub(super) fn docs(text: &str, indent: &str) -> String {
    text.lines()
        .map(|line| format!("{indent}/// {line}").trim_end().to_owned() + "\n")
        .collect()
}
