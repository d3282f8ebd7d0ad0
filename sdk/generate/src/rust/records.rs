//! Records as structs whose fields hold objects in place of numbers.

use std::collections::BTreeSet;

use anyhow::Result;

use super::spelling::{converted, docs, named, returned};
use crate::model::{Model, Record, Type};
use crate::names::snake;

/// The records that members return.
pub(super) fn all(model: &Model) -> Result<String> {
    let records: Vec<&Record> = model
        .records
        .iter()
        .filter(|record| record.interface == "types")
        .collect();
    let mut names = BTreeSet::new();
    for field in records.iter().flat_map(|record| &record.fields) {
        named(&field.is, &mut names);
    }
    let classes: Vec<_> = names
        .into_iter()
        .filter(|name| model.class(name).is_ok())
        .collect();
    let mut text = "use crate::bindings::rule_pack::perfctl::plugin::types as raw;\n".to_owned();
    text += &format!("use crate::model::{{{}}};\n", classes.join(", "));
    for record in records {
        text += &one(model, record)?;
    }
    Ok(text)
}

fn one(model: &Model, record: &Record) -> Result<String> {
    let name = &record.name;
    let comparable = record
        .fields
        .iter()
        .all(|field| is_comparable(model, &field.is));
    let derived = if comparable {
        "Clone, Debug, PartialEq, Eq"
    } else {
        "Clone, Debug"
    };
    let mut text = format!("\n{}", docs(&record.docs, ""));
    text += &format!("#[derive({derived})]\n#[non_exhaustive]\npub struct {name} {{\n");
    for field in &record.fields {
        text += &docs(&field.docs, "    ");
        text += &words(model, &field.docs, &field.is)?;
        text += &format!("    pub {}: {},\n", snake(&field.name), returned(&field.is));
    }
    text += &format!(
        "}}\n\nimpl {name} {{\n    pub(crate) fn read(raw: raw::{name}) -> Self {{\n        Self {{\n"
    );
    for field in &record.fields {
        let field_name = snake(&field.name);
        let value = converted(&field.is, &format!("raw.{field_name}"));
        text += &format!("            {field_name}: {value},\n");
    }
    text += "        }\n    }\n}\n";
    Ok(text)
}

/// Which words a field may be, where its own sentence does not say it.
fn words(model: &Model, said: &str, is: &Type) -> Result<String> {
    let Type::Word(name) = is else {
        return Ok(String::new());
    };
    let words = &model.words(name)?.words;
    if words.iter().all(|word| said.contains(&format!("`{word}`"))) {
        return Ok(String::new());
    }
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    Ok(docs(&format!("\nOne of {}.", words.join(", ")), "    "))
}

/// Whether values compare without asking the host.
fn is_comparable(model: &Model, is: &Type) -> bool {
    match is {
        Type::Class(_) | Type::Place | Type::F64 | Type::Variant(_) => false,
        Type::Record(name) => model.record(name).is_ok_and(|record| {
            record
                .fields
                .iter()
                .all(|field| is_comparable(model, &field.is))
        }),
        Type::List(inner) | Type::Option(inner) => is_comparable(model, inner),
        Type::Map(key, value) => is_comparable(model, key) && is_comparable(model, value),
        Type::Tuple(parts) => parts.iter().all(|part| is_comparable(model, part)),
        _ => true,
    }
}
