//! CloudFormation's functions in their long form: a map with the one key `Ref` or `Fn::...` stands for a value that the file does not
//! tell. The short form, `!Ref`, is a YAML tag.

use super::tree::{DocBuilder, DocId, DocKind};

/// Turns the map `id`, which is still open, into an unknown node if it calls a function. Its entries stay.
pub(super) fn mark_call(builder: &mut DocBuilder<'_>, id: DocId) {
    let Some(entry) = builder.only_entry(id) else {
        return;
    };
    let name = match builder.key_of(entry) {
        Some("Ref") => "Ref".to_owned(),
        Some(key) => match key.strip_prefix("Fn::") {
            Some(name) => name.to_owned(),
            None => return,
        },
        None => return,
    };
    let argument = builder.node(entry);
    let text = match argument.kind {
        DocKind::Scalar(_) => builder.text_of(entry).to_owned(),
        _ => builder.excerpt(argument.span).to_owned(),
    };
    builder.node_mut(id).kind = DocKind::Unknown;
    builder.set_tag(id, &name);
    builder.set_text(id, &text);
}
