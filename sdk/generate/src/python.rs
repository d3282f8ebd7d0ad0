//! Writes the Python SDK's view of the audited repository.

use anyhow::{Result, bail};

use crate::Generated;
use crate::differences::Access;
use crate::model::{Class, Member, Model, Parameter, Record, Type, Words};
use crate::names::snake;
use crate::values::{self, same};

/// Words of the language that a name must not be; componentize-py puts the same sign behind them.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// The longest list on one line.
const LINE: usize = 100;

/// A literal.
const SCALAR: &str = "str | int | float | bool | None";

/// The first lines of the module, and the functions that its classes use.
const HEAD: &str = r#"# Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.
"""The audited repository as rules see it.

Bytes and indices count from 0, and what ends somewhere ends before that byte. Lines count from 1. Paths have forward slashes and start
at the root of the audited repository. An object means something until the call returns in which a rule got it.

What perfctl answers with an error, such as a pattern that could not fit any path, is raised as a `ValueError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from .bindings import Refused, imported
from .checked import count as _count
from .checked import held as _held
from .checked import text as _text
from .checked import texts as _texts

_T = TypeVar("_T")


def _ask(function: Callable[..., Any], *given: Any) -> Any:
    try:
        return function(*given)
    except Refused as refused:
        raise ValueError(refused.value) from None


def _maybe(kind: Callable[[Any], _T], given: Any) -> _T | None:
    return None if given is None else kind(given)


def _each(kind: Callable[[Any], _T], given: Iterable[Any]) -> list[_T]:
    return [kind(one) for one in given]


def _argument(key: str | int) -> Any:
    return _types.Argument_Name(_text(key)) if isinstance(key, str) else _types.Argument_Position(_count(key))


def _literal(given: Any) -> tuple[str | int | float | bool | None, bool]:
    if isinstance(given, _types.Literal_Unknown):
        return None, False
    if isinstance(given, _types.Literal_Null):
        return None, True
    value = given.value
    return (int(value) if isinstance(value, float) and value.is_integer() else value), True


def _scalar(given: Any) -> str | int | float | bool | None:
    return _literal(given)[0]

"#;

/// The module `model` of the package.
pub(crate) fn model(model: &Model) -> Result<Generated> {
    let mut out = HEAD.to_owned();
    out.push_str("\n_types = imported(\"types\")\n");
    for interface in values::interfaces(model) {
        let name = snake(&interface);
        out.push_str(&format!("_{name} = imported(\"{name}\")\n"));
    }
    for words in &model.words {
        out.push('\n');
        out.push_str(&self::words(words));
    }
    for record in values::records(model) {
        out.push_str("\n\n");
        out.push_str(&self::record(record)?);
    }
    for class in &model.classes {
        out.push_str("\n\n");
        out.push_str(&self::class(class)?);
    }
    Ok(Generated {
        path: "python/perfctl_plugin/model.py".to_owned(),
        text: out,
    })
}

fn words(words: &Words) -> String {
    let list: Vec<String> = words.words.iter().map(|w| format!("{w:?}")).collect();
    let mut out = format!(
        "{}: TypeAlias = Literal[{}]\n",
        words.name,
        listed(&list, "")
    );
    if !words.docs.is_empty() {
        out.push_str(&docs(&words.docs, ""));
    }
    out
}

fn record(record: &Record) -> Result<String> {
    let mut out = format!(
        "@dataclass(frozen=True, slots=True)\nclass {}:\n{}",
        record.name,
        docs(&record.docs, "    ")
    );
    let mut given = Vec::new();
    for field in &record.fields {
        let name = python(&field.name);
        out.push_str(&format!("\n    {name}: {}\n", hint(&field.is)?));
        out.push_str(&docs(&field.docs, "    "));
        given.push(converted(&field.is, &format!("given.{name}"))?);
    }
    out.push_str(&format!(
        "\n    @classmethod\n    def _of(cls, given: Any) -> {}:\n        return cls({})\n",
        record.name,
        listed(&given, "        ")
    ));
    Ok(out)
}

fn class(class: &Class) -> Result<String> {
    let mut out = format!("class {}:\n{}", class.name, docs(&class.docs, "    "));
    if class.has_handle {
        out.push_str("\n    __slots__ = (\"_handle\",)\n");
        out.push_str(
            "\n    def __init__(self, handle: int) -> None:\n        self._handle = handle\n",
        );
        out.push_str(&equality(&class.name));
    } else {
        out.push_str("\n    __slots__ = ()\n");
    }
    for member in &class.members {
        out.push('\n');
        out.push_str(&self::member(class, member)?);
    }
    Ok(out)
}

/// Numbers are handed out anew each time, so equality asks what the thing is.
fn equality(class: &str) -> String {
    let (equal, hash) = match class {
        "Node" => (
            "(self._handle == other._handle or _node.same(self._handle, other._handle))",
            "self.id",
        ),
        "File" => ("self.path == other.path", "self.path"),
        "Span" => (
            "(self.start, self.end, self.file) == (other.start, other.end, other.file)",
            "(self.start, self.end)",
        ),
        "Func" | "Loop" => ("self.node == other.node", "self.node"),
        _ => ("self._handle == other._handle", "self._handle"),
    };
    let shown = match class {
        "Node" | "Doc" => "{self.kind} in line {self.line}",
        "Span" => "{self.start}..{self.end}",
        "File" => "{self.path}",
        "Instruction" => "{self.text}",
        "Func" | "ShellCommand" => "{self.name}",
        _ => "{self._handle}",
    };
    format!(
        "\n    def __eq__(self, other: object) -> bool:\n        return isinstance(other, {class}) and {equal}\n\
         \n    def __hash__(self) -> int:\n        return hash({hash})\n\
         \n    def __repr__(self) -> str:\n        return f\"<{class} {shown}>\"\n"
    )
}

fn member(class: &Class, member: &Member) -> Result<String> {
    let name = python(&member.name);
    let mut signature = vec!["self".to_owned()];
    let mut given = Vec::new();
    if class.has_handle {
        given.push("self._handle".to_owned());
    }
    for parameter in &member.parameters {
        let (declared, passed) = self::parameter(parameter)?;
        signature.push(declared);
        given.push(passed);
    }
    let is_field = member.access == Access::Field && member.parameters.is_empty();
    let function = format!("_{}.{name}", snake(&member.interface));
    let asked = match member.fails {
        true => {
            given.insert(0, function);
            format!("_ask({})", given.join(", "))
        }
        false => format!("{function}({})", given.join(", ")),
    };
    let mut out = String::new();
    if is_field {
        out.push_str("    @property\n");
    }
    // A field says what it knows; whether that is all, `kind` says.
    let is_scalar = is_field && matches!(member.result, Type::Variant(_));
    let result = match is_scalar {
        true => SCALAR.to_owned(),
        false => hint(&member.result)?,
    };
    out.push_str(&format!(
        "    def {name}({}) -> {result}:\n",
        signature.join(", ")
    ));
    let said = values::docs(&class.name, member);
    out.push_str(&docs(&said.replace("NULL", "None"), "        "));
    match &member.result {
        Type::Tuple(parts) if !same(&member.result) => {
            let names: Vec<String> = (0..parts.len()).map(|at| format!("part{at}")).collect();
            let mut each = Vec::new();
            for (part, name) in parts.iter().zip(&names) {
                each.push(converted(part, name)?);
            }
            out.push_str(&format!(
                "        {} = {asked}\n        return {}\n",
                names.join(", "),
                each.join(", ")
            ));
        }
        Type::Variant(_) if is_scalar => {
            out.push_str(&format!("        return _scalar({asked})\n"));
        }
        result => out.push_str(&format!("        return {}\n", converted(result, &asked)?)),
    }
    Ok(out)
}

/// What the signature says, and what is handed over.
fn parameter(parameter: &Parameter) -> Result<(String, String)> {
    let name = python(&parameter.name);
    let (mut hinted, passed) = match &parameter.is {
        Type::List(item) if parameter.or_one => {
            let item = hint(item)?;
            (
                format!("{item} | Iterable[{item}]"),
                format!("_texts({name})"),
            )
        }
        Type::List(item) => (
            format!("Iterable[{}]", hint(item)?),
            format!("_texts({name})"),
        ),
        Type::Option(inner) => match &**inner {
            Type::List(item) => {
                let item = hint(item)?;
                (
                    format!("{item} | Iterable[{item}] | None"),
                    format!("_maybe(_texts, {name})"),
                )
            }
            Type::Class(class) => (
                format!("{class} | None"),
                format!("None if {name} is None else _held({class}, {name})"),
            ),
            inner => (
                format!("{} | None", hint(inner)?),
                format!("_maybe({}, {name})", check(inner)?),
            ),
        },
        Type::Class(class) => (class.clone(), format!("_held({class}, {name})")),
        Type::Variant(variant) if variant == "Argument" => {
            ("str | int".to_owned(), format!("_argument({name})"))
        }
        other => (hint(other)?, format!("{}({name})", check(other)?)),
    };
    if parameter.optional || matches!(parameter.is, Type::Option(_)) {
        hinted.push_str(match &parameter.is {
            Type::Option(_) => " = None",
            Type::List(_) => " = ()",
            Type::Bool => " = False",
            other => bail!("{other:?} cannot be left out"),
        });
    }
    Ok((format!("{name}: {hinted}"), passed))
}

/// The function that checks a value before it goes to perfctl.
fn check(is: &Type) -> Result<&'static str> {
    Ok(match is {
        Type::String | Type::Word(_) => "_text",
        Type::U32 => "_count",
        Type::Bool => "bool",
        other => bail!("{other:?} is nothing that is handed over"),
    })
}

/// The type hint.
fn hint(is: &Type) -> Result<String> {
    Ok(match is {
        Type::Bool => "bool".to_owned(),
        Type::U8 | Type::U32 | Type::S32 | Type::U64 => "int".to_owned(),
        Type::F64 => "float".to_owned(),
        Type::String => "str".to_owned(),
        Type::Word(name) | Type::Class(name) | Type::Record(name) => name.clone(),
        Type::List(item) => format!("list[{}]", hint(item)?),
        Type::Map(key, value) => format!("dict[{}, {}]", hint(key)?, hint(value)?),
        Type::Option(inner) => format!("{} | None", hint(inner)?),
        Type::Tuple(parts) => {
            let parts: Result<Vec<String>> = parts.iter().map(hint).collect();
            format!("tuple[{}]", parts?.join(", "))
        }
        Type::Variant(name) if name == "Literal" => format!("tuple[{SCALAR}, bool]"),
        Type::Place | Type::Variant(_) => bail!("{is:?} is nothing that comes back"),
    })
}

/// The value as authors get it, from what the bindings give.
fn converted(is: &Type, given: &str) -> Result<String> {
    if same(is) {
        return Ok(given.to_owned());
    }
    Ok(match is {
        Type::Class(name) => format!("{name}({given})"),
        Type::Record(name) => format!("{name}._of({given})"),
        Type::Map(..) => format!("dict({given})"),
        Type::Variant(_) => format!("_literal({given})"),
        Type::List(item) => format!("_each({}, {given})", converter(item)?),
        Type::Option(inner) => format!("_maybe({}, {given})", converter(inner)?),
        other => bail!("{other:?} inside of something is not known here"),
    })
}

/// The same as a function.
fn converter(is: &Type) -> Result<String> {
    Ok(match is {
        Type::Class(name) => name.clone(),
        Type::Record(name) => format!("{name}._of"),
        Type::Map(..) => "dict".to_owned(),
        other => format!("lambda one: {}", converted(other, "one")?),
    })
}

/// Things in brackets: on one line where they are short, else on lines of their own.
fn listed(things: &[String], indent: &str) -> String {
    let one = things.join(", ");
    if one.len() <= LINE {
        return one;
    }
    let mut lines = vec![String::new()];
    for thing in things {
        if lines
            .last()
            .is_some_and(|last| last.len() + thing.len() > LINE)
        {
            lines.push(String::new());
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(&format!("{thing}, "));
        }
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{indent}    {}\n", line.trim_end()))
        .collect();
    format!("\n{}{indent}", lines.concat())
}

/// A name as componentize-py makes it.
fn python(kebab: &str) -> String {
    let name = snake(kebab);
    match KEYWORDS.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// A text as documentation, a line for each of its own.
fn docs(text: &str, indent: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let text = match text.ends_with('"') {
        true => format!("{text} "),
        false => text,
    };
    let lines: Vec<&str> = text.lines().collect();
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("{indent}\"\"\"{one}\"\"\"\n"),
        several => format!(
            "{indent}\"\"\"{}\n{indent}\"\"\"\n",
            several.join(&format!("\n{indent}"))
        ),
    }
}
