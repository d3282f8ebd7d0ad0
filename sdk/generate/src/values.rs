//! What the generators for Python and TypeScript share: both give authors objects in place of numbers.

use crate::model::{Member, Model, Record, Type};

/// The interfaces whose functions members call, each once, in order.
pub(crate) fn interfaces(model: &Model) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for member in model.classes.iter().flat_map(|class| &class.members) {
        if !all.contains(&member.interface) {
            all.push(member.interface.clone());
        }
    }
    all
}

/// The records that members return; those of other interfaces are the SDK's own business.
pub(crate) fn records(model: &Model) -> impl Iterator<Item = &Record> {
    let records = model.records.iter();
    records.filter(|record| record.interface == "types")
}

/// Whether authors get a value just as the bindings give it.
pub(crate) fn same(is: &Type) -> bool {
    match is {
        Type::Bool | Type::U8 | Type::U32 | Type::S32 | Type::U64 | Type::F64 => true,
        Type::String | Type::Word(_) => true,
        Type::List(inner) | Type::Option(inner) => same(inner),
        Type::Tuple(parts) => parts.iter().all(same),
        Type::Map(..) | Type::Class(_) | Type::Place | Type::Record(_) | Type::Variant(_) => false,
    }
}

/// What a member is. A literal is a value of the language, not the variant that the WIT tells of; `NULL` stands for the language's word.
pub(crate) fn docs(class: &str, member: &Member) -> String {
    match (class, member.name.as_str()) {
        ("Node", "literal") => "The literal that it is or stands for, here or in another file, and whether it is known: null is NULL \
             and known, and what is put into a template stands in it as `{}`."
            .to_owned(),
        ("Doc", "value") => "A scalar as a value; NULL for everything else.".to_owned(),
        ("Instruction", "mounts") => "Each `--mount` by key.".to_owned(),
        ("ShellCommand", "env") => "Variables that are set for it.".to_owned(),
        ("Repository", "fact") => "The words that the packs' facts hold under a path.".to_owned(),
        _ => member.docs.clone(),
    }
}
