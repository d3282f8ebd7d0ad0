//! A class as a number that the host understands, with a method for each name.

use anyhow::{Result, bail};

use super::spelling::{converted, docs, module, returned};
use super::vocabulary;
use crate::model::{Class, Member, Model, Parameter, Type, Words};
use crate::names::snake;

/// The class with its methods.
pub(super) fn class(model: &Model, class: &Class) -> Result<String> {
    let name = &class.name;
    let mut text = format!("\n{}#[derive(Clone, Copy)]\n", docs(&class.docs, ""));
    text += &match class.has_handle {
        true => format!("pub struct {name}(pub(crate) u32);\n\nimpl {name} {{"),
        false => format!("pub struct {name}(pub(crate) ());\n\nimpl {name} {{"),
    };
    let mut methods = Vec::new();
    for member in &class.members {
        let named = member.parameters.iter().any(is_names);
        methods.push(method(model, class, member, !named)?);
        if named {
            methods.push(method(model, class, member, true)?);
        }
    }
    text += &methods.join("");
    Ok(text.trim_end().to_owned() + "\n}\n")
}

/// A list that may be left out gets a method of its own, `descendants_named`: a `None` would have no type.
fn is_names(parameter: &Parameter) -> bool {
    parameter.name == "names" && matches!(&parameter.is, Type::Option(inner) if is_list(inner))
}

fn is_list(of: &Type) -> bool {
    matches!(of, Type::List(item) if matches!(**item, Type::String | Type::Word(_)))
}

fn method(model: &Model, class: &Class, member: &Member, all: bool) -> Result<String> {
    let mut name = snake(&member.name);
    if all && member.parameters.iter().any(is_names) {
        name += "_named";
    }
    let mut taken = vec!["self".to_owned()];
    let mut generics = "";
    let mut call = Vec::new();
    if class.has_handle {
        call.push("self.0".to_owned());
    }
    let mut lists = Vec::new();
    for parameter in &member.parameters {
        let called = snake(&parameter.name);
        if is_names(parameter) && !all {
            call.push("None".to_owned());
            continue;
        }
        let (is, given) = match &parameter.is {
            Type::String | Type::Word(_) => ("&str".to_owned(), called.clone()),
            Type::Bool | Type::U32 => (returned(&parameter.is), called.clone()),
            Type::Class(of) => (of.clone(), format!("{called}.0")),
            Type::Variant(of) if of == "Argument" => {
                generics = "<'a>";
                (
                    "impl Into<Argument<'a>>".to_owned(),
                    format!("{called}.into()"),
                )
            }
            Type::Option(inner) => match &**inner {
                Type::String | Type::Word(_) => {
                    generics = "<'a>";
                    (
                        "impl Into<Option<&'a str>>".to_owned(),
                        format!("{called}.into()"),
                    )
                }
                Type::Class(of) => (
                    format!("impl Into<Option<{of}>>"),
                    format!("{called}.into().map(|{called}| {called}.0)"),
                ),
                inner if is_list(inner) => {
                    lists.push(called.clone());
                    ("impl IntoList".to_owned(), format!("Some({called})"))
                }
                other => bail!("`{}` takes an option of {other:?}", member.name),
            },
            list if is_list(list) => {
                lists.push(called.clone());
                ("impl IntoList".to_owned(), called.clone())
            }
            other => bail!("`{}` takes {other:?}", member.name),
        };
        taken.push(format!("{called}: {is}"));
        call.push(given);
    }

    let function = format!(
        "raw::{}::{}",
        module(&member.interface),
        snake(&member.name)
    );
    let mut body = match lists.as_slice() {
        [only] if call == [only.clone()] => format!("{only}.lend({function})"),
        _ => {
            let mut body = format!("{function}({})", call.join(", "));
            for list in lists.iter().rev() {
                body = format!("{list}.lend(|{list}| {body})");
            }
            body
        }
    };
    let mut text = explained(model, member, all);
    let returns = returned(&member.result);
    if member.fails {
        text += "    #[track_caller]\n";
        body = format!(
            "match {body} {{\n            Ok(found) => {},\n            Err(message) => crate::failure::mistake(&message),\n        }}",
            converted(&member.result, "found")
        );
    } else {
        body = converted(&member.result, &body);
    }
    text += "    #[inline]\n";
    text += &format!(
        "    pub fn {name}{generics}({}) -> {returns} {{\n",
        taken.join(", ")
    );
    text += &format!("        {}\n    }}\n", unwrapped(&body));
    Ok(text)
}

/// A block that is a whole body needs no braces of its own.
fn unwrapped(body: &str) -> String {
    match body
        .strip_prefix("{\n")
        .and_then(|body| body.strip_suffix("\n        }"))
    {
        Some(inner) => inner
            .replace("            ", "        ")
            .trim_start()
            .to_owned(),
        None => body.to_owned(),
    }
}

fn explained(model: &Model, member: &Member, all: bool) -> String {
    let mut text = "\n".to_owned() + &docs(&member.docs, "    ");
    for parameter in &member.parameters {
        let what = format!("`{}`: ", snake(&parameter.name));
        text += &said(model, &member.docs, &what, &parameter.is);
    }
    text += &said(model, &member.docs, "", &member.result);
    if member.parameters.iter().any(is_names) && !all {
        let other = format!("\n[`Self::{}_named`] takes `names`.", snake(&member.name));
        text += &docs(&other, "    ");
    }
    if member.fails {
        let reason = match member.parameters.iter().map(|p| p.name.as_str()).next() {
            Some("patterns") => "When a pattern could not fit any path.",
            Some("flag" | "role" | "effects") => "When there is no such word.",
            Some("glob") => "When the glob cannot be understood.",
            Some("matcher") => "When there is no such matcher, or it gives no evidence.",
            Some("start" | "line") => "When there is no such place in the file.",
            _ => "When the host says that the plugin made a mistake.",
        };
        text += &docs(&format!("\n# Panics\n\n{reason}"), "    ");
    }
    text
}

/// Which words a text may be, where the sentence about it does not say so.
fn said(model: &Model, docs_of_member: &str, what: &str, is: &Type) -> String {
    let Some((words, is_list)) = words(model, is) else {
        return String::new();
    };
    let is_said = |word: &String| docs_of_member.contains(&format!("`{word}`"));
    if words.words.iter().all(is_said) {
        return String::new();
    }
    let some = match (what.is_empty(), is_list) {
        (true, true) => "Some",
        (true, false) => "One",
        (false, true) => "some",
        (false, false) => "one",
    };
    let list = match vocabulary::constant(words) {
        Some(name) => format!("[`{name}`](crate::vocabulary::{name})"),
        None => {
            let words: Vec<_> = words.words.iter().map(|word| format!("`{word}`")).collect();
            words.join(", ")
        }
    };
    docs(&format!("\n{what}{some} of {list}."), "    ")
}

/// The words that a text, or the items of a list, may be; enums say them themselves.
fn words<'a>(model: &'a Model, is: &Type) -> Option<(&'a Words, bool)> {
    match is {
        Type::Word(name) if returned(is) == "String" => {
            model.words(name).ok().map(|words| (words, false))
        }
        Type::List(inner) => words(model, inner).map(|(words, _)| (words, true)),
        Type::Option(inner) => words(model, inner),
        Type::Tuple(parts) => parts.iter().find_map(|part| words(model, part)),
        _ => None,
    }
}
