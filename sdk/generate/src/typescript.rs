//! Writes the JavaScript SDK's view of the audited repository, and the types of it for TypeScript.

use anyhow::{Result, bail};

use crate::Generated;
use crate::differences::Access;
use crate::model::{Class, Member, Model, Parameter, Record, Type, Words};
use crate::names::camel;
use crate::values::{self, same};

/// A literal.
const SCALAR: &str = "string | number | boolean | null";

/// The first lines of the types.
const TYPES: &str = "\
// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.
//
// The audited repository as rules see it. Bytes and indices count from 0, and what ends somewhere ends before that byte; bytes are those
// of UTF-8, not units of a string. Lines count from 1. Paths have forward slashes and start at the root of the audited repository. An object
// means something until the call returns in which a rule got it. What perfctl answers with an error, such as a pattern that could not
// fit any path, is thrown as an `Error`.
";

/// The first line of a module.
const NOTICE: &str = "// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.\n\n";

/// The functions that the classes use.
const HEAD: &str = "\
const maybe = (kind, given) => given == null ? null : kind(given);
const argument = (key) => typeof key === \"string\" ? { tag: \"name\", val: asText(key) } : { tag: \"position\", val: asCount(key) };
const literal = (given) => [given.val ?? null, given.tag !== \"unknown\"];
";

/// The module `model` of the package, its types, and modules of what the package itself calls: no other names the contract's version.
pub(crate) fn modules(model: &Model) -> Result<Vec<Generated>> {
    let mut files: Vec<Generated> = model.called.iter().map(|of| contract(model, of)).collect();
    files.extend([
        Generated {
            path: "js/src/model.js".to_owned(),
            text: runtime(model)?,
        },
        Generated {
            path: "js/src/model.d.ts".to_owned(),
            text: types(model)?,
        },
    ]);
    Ok(files)
}

/// An interface as the contract calls it.
fn specifier(model: &Model, interface: &str) -> String {
    format!("\"perfctl:plugin/{interface}@{}\"", model.version)
}

/// A module with the functions of one interface.
fn contract(model: &Model, (interface, functions): &(String, Vec<String>)) -> Generated {
    let mut names: Vec<String> = functions.iter().map(|name| camel(name)).collect();
    names.sort();
    Generated {
        path: format!("js/src/contract/{interface}.js"),
        text: format!(
            "{NOTICE}export {{ {} }} from {};\n",
            names.join(", "),
            specifier(model, interface)
        ),
    }
}

fn runtime(model: &Model) -> Result<String> {
    let mut out = NOTICE.to_owned();
    for interface in values::interfaces(model) {
        out.push_str(&format!(
            "import * as {} from {};\n",
            namespace(&interface),
            specifier(model, &interface)
        ));
    }
    out.push_str("import { asCount, asText, asTexts, handleOf } from \"./checked.js\";\n\n");
    out.push_str(HEAD);
    for record in values::records(model) {
        if record.fields.iter().all(|field| plain(model, &field.is)) {
            continue;
        }
        out.push_str(&format!(
            "\nconst {} = (given) => ({{\n",
            maker(&record.name)
        ));
        for field in &record.fields {
            let name = camel(&field.name);
            let value = converted(model, &field.is, &format!("given.{name}"))?;
            out.push_str(&format!("  {name}: {value},\n"));
        }
        out.push_str("});\n");
    }
    for class in &model.classes {
        out.push_str(&format!("\nexport class {} {{\n", class.name));
        if class.has_handle {
            out.push_str("  constructor(handle) {\n    this._handle = handle;\n  }\n");
        }
        for member in &class.members {
            out.push_str(&self::member(model, class, member)?);
        }
        out.push_str("}\n");
        if class.has_handle {
            let name = &class.name;
            out.push_str(&format!(
                "const {} = (handle) => new {name}(handle);\n",
                maker(name)
            ));
        }
    }
    Ok(out)
}

fn member(model: &Model, class: &Class, member: &Member) -> Result<String> {
    let name = camel(&member.name);
    let mut given = Vec::new();
    if class.has_handle {
        given.push("this._handle".to_owned());
    }
    let mut names = Vec::new();
    for parameter in &member.parameters {
        let (declared, passed) = self::passed(parameter)?;
        names.push(declared);
        given.push(passed);
    }
    let is_field = is_field(member);
    let asked = format!(
        "{}.{name}({})",
        namespace(&member.interface),
        given.join(", ")
    );
    let body = match &member.result {
        Type::Variant(_) if is_field => format!("return literal({asked})[0];"),
        Type::Tuple(parts) if !plain(model, &member.result) => {
            let names: Vec<String> = (0..parts.len()).map(|at| format!("part{at}")).collect();
            let mut each = Vec::new();
            for (part, name) in parts.iter().zip(&names) {
                each.push(converted(model, part, name)?);
            }
            format!(
                "const [{}] = {asked};\n    return [{}];",
                names.join(", "),
                each.join(", ")
            )
        }
        result => format!("return {};", converted(model, result, &asked)?),
    };
    let get = if is_field { "get " } else { "" };
    Ok(format!(
        "  {get}{name}({}) {{\n    {body}\n  }}\n",
        names.join(", ")
    ))
}

/// What the function declares, and what it hands over.
fn passed(parameter: &Parameter) -> Result<(String, String)> {
    let name = camel(&parameter.name);
    let passed = match &parameter.is {
        Type::List(_) => format!("asTexts({name})"),
        Type::Option(inner) => match &**inner {
            Type::List(_) => format!("maybe(asTexts, {name})"),
            Type::Class(class) => format!("maybe((one) => handleOf({class}, one), {name})"),
            inner => format!("maybe({}, {name})", check(inner)?),
        },
        Type::Class(class) => format!("handleOf({class}, {name})"),
        Type::Variant(variant) if variant == "Argument" => format!("argument({name})"),
        other => format!("{}({name})", check(other)?),
    };
    let declared = match &parameter.is {
        Type::List(_) if parameter.optional => format!("{name} = []"),
        Type::Bool if parameter.optional => format!("{name} = false"),
        _ => name,
    };
    Ok((declared, passed))
}

/// The function that checks a value before it goes to perfctl.
fn check(is: &Type) -> Result<&'static str> {
    Ok(match is {
        Type::String | Type::Word(_) => "asText",
        Type::U32 => "asCount",
        Type::Bool => "Boolean",
        other => bail!("{other:?} is nothing that is handed over"),
    })
}

/// Whether authors get the value of the bindings; a number of 64 bits they do not, since it is a `BigInt`.
fn plain(model: &Model, is: &Type) -> bool {
    match is {
        Type::U64 => false,
        Type::List(inner) | Type::Option(inner) => plain(model, inner),
        Type::Tuple(parts) => parts.iter().all(|part| plain(model, part)),
        Type::Record(name) => model
            .record(name)
            .is_ok_and(|record| record.fields.iter().all(|field| plain(model, &field.is))),
        other => same(other),
    }
}

/// The value as authors get it.
fn converted(model: &Model, is: &Type, given: &str) -> Result<String> {
    if plain(model, is) {
        return Ok(given.to_owned());
    }
    Ok(match is {
        Type::U64 => format!("Number({given})"),
        Type::Class(name) => format!("new {name}({given})"),
        Type::Record(name) => format!("{}({given})", maker(name)),
        Type::Map(..) => format!("new Map({given})"),
        Type::Variant(_) => format!("literal({given})"),
        Type::List(item) => format!("{given}.map({})", converter(model, item)?),
        Type::Option(inner) => format!("maybe({}, {given})", converter(model, inner)?),
        other => bail!("{other:?} inside of something is not known here"),
    })
}

/// The same as a function of one value: `map` hands over more than that.
fn converter(model: &Model, is: &Type) -> Result<String> {
    Ok(match is {
        Type::Class(name) | Type::Record(name) => maker(name),
        other => format!("(one) => {}", converted(model, other, "one")?),
    })
}

fn types(model: &Model) -> Result<String> {
    let mut out = TYPES.to_owned();
    for words in &model.words {
        out.push('\n');
        out.push_str(&self::words(words));
    }
    for record in values::records(model) {
        out.push('\n');
        out.push_str(&self::record(record)?);
    }
    for class in &model.classes {
        out.push('\n');
        out.push_str(&self::class(class)?);
    }
    Ok(out)
}

fn words(words: &Words) -> String {
    let mut list = String::new();
    for (at, word) in words.words.iter().enumerate() {
        // Eight a line: kinds of nodes are many.
        list.push_str(match (at % 8, words.words.len() > 8) {
            (0, true) => "\n  | ",
            _ if at == 0 => " ",
            _ => " | ",
        });
        list.push_str(&format!("{word:?}"));
    }
    format!(
        "{}export type {} ={list};\n",
        docs(&words.docs, ""),
        words.name
    )
}

fn record(record: &Record) -> Result<String> {
    let mut out = format!(
        "{}export interface {} {{\n",
        docs(&record.docs, ""),
        record.name
    );
    for field in &record.fields {
        out.push_str(&docs(&field.docs, "  "));
        out.push_str(&format!(
            "  readonly {}: {};\n",
            camel(&field.name),
            shown(&field.is)?
        ));
    }
    out.push_str("}\n");
    Ok(out)
}

fn class(class: &Class) -> Result<String> {
    let mut out = format!(
        "{}export declare class {} {{\n  private constructor();\n",
        docs(&class.docs, ""),
        class.name
    );
    for member in &class.members {
        let said = values::docs(&class.name, member).replace("NULL", "null");
        out.push_str(&docs(&said, "  "));
        let name = camel(&member.name);
        let is_field = is_field(member);
        let result = match &member.result {
            Type::Variant(_) if is_field => SCALAR.to_owned(),
            result => shown(result)?,
        };
        if is_field {
            out.push_str(&format!("  readonly {name}: {result};\n"));
            continue;
        }
        let mut parameters = Vec::new();
        for parameter in &member.parameters {
            parameters.push(declared(parameter)?);
        }
        out.push_str(&format!("  {name}({}): {result};\n", parameters.join(", ")));
    }
    out.push_str("}\n");
    Ok(out)
}

fn declared(parameter: &Parameter) -> Result<String> {
    let mut is = match &parameter.is {
        Type::List(item) if parameter.or_one => one_or_several(item)?,
        Type::List(item) => format!("Iterable<{}>", shown(item)?),
        Type::Option(inner) => match &**inner {
            Type::List(item) => one_or_several(item)?,
            inner => shown(inner)?,
        },
        Type::Variant(variant) if variant == "Argument" => "string | number".to_owned(),
        other => shown(other)?,
    };
    let is_option = matches!(parameter.is, Type::Option(_));
    if is_option {
        is.push_str(" | null");
    }
    let mark = if parameter.optional || is_option {
        "?"
    } else {
        ""
    };
    Ok(format!("{}{mark}: {is}", camel(&parameter.name)))
}

fn one_or_several(item: &Type) -> Result<String> {
    let item = shown(item)?;
    Ok(format!("{item} | Iterable<{item}>"))
}

fn shown(is: &Type) -> Result<String> {
    Ok(match is {
        Type::Bool => "boolean".to_owned(),
        Type::U8 | Type::U32 | Type::S32 | Type::U64 | Type::F64 => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::Word(name) | Type::Class(name) | Type::Record(name) => name.clone(),
        Type::List(item) => match &**item {
            Type::Option(_) => format!("({})[]", shown(item)?),
            item => format!("{}[]", shown(item)?),
        },
        Type::Map(key, value) => format!("Map<{}, {}>", shown(key)?, shown(value)?),
        Type::Option(inner) => format!("{} | null", shown(inner)?),
        Type::Tuple(parts) => {
            let parts: Result<Vec<String>> = parts.iter().map(shown).collect();
            format!("[{}]", parts?.join(", "))
        }
        Type::Variant(name) if name == "Literal" => format!("[value: {SCALAR}, known: boolean]"),
        Type::Place | Type::Variant(_) => bail!("{is:?} is nothing that comes back"),
    })
}

fn is_field(member: &Member) -> bool {
    member.access == Access::Field && member.parameters.is_empty()
}

/// The name under which an interface is imported; members have names like interfaces.
fn namespace(interface: &str) -> String {
    format!("${}", camel(interface))
}

/// The function that makes an object.
fn maker(name: &str) -> String {
    format!("make{name}")
}

/// A text as documentation.
fn docs(text: &str, indent: &str) -> String {
    let text = text.replace("*/", "*\u{200b}/");
    let lines: Vec<&str> = text.lines().collect();
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("{indent}/** {one} */\n"),
        several => format!(
            "{indent}/**\n{indent} * {}\n{indent} */\n",
            several.join(&format!("\n{indent} * "))
        ),
    }
}
