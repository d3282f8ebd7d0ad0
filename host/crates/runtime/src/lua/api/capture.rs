//! What the variables of a structural matcher stand for.

use std::sync::Arc;

use mlua::{IntoLua, Lua, Result, Value};
use perfctl_core::place::ByteSpan;
use perfctl_scan::matcher::structure::{self, Capture, Captured};
use perfctl_scan::view::FileView;

use super::file::Span;
use super::node::Node;

/// The node with exactly these bytes, if the neutral tree has one: it leaves out parentheses, types and other things that
/// a pattern can name.
pub(crate) fn node(file: &Arc<FileView>, span: ByteSpan) -> Option<Node> {
    let id = structure::node_at(&file.code()?.syntax.tree, span)?;
    Some(Node {
        file: file.clone(),
        id,
    })
}

/// What `$name` stands for: its node, else its bytes; a list of such for `$$$name`; nil where it stands for nothing.
///
/// # Errors
/// When none of the matcher's patterns holds such a variable.
pub(crate) fn capture(
    lua: &Lua,
    file: &Arc<FileView>,
    captured: &Captured,
    variables: &[String],
    name: &str,
) -> Result<Value> {
    let of = |span: ByteSpan| match node(file, span) {
        Some(node) => node.into_lua(lua),
        None => Span::new(file, span).into_lua(lua),
    };
    match captured.captures.iter().find(|(known, _)| known == name) {
        Some((_, Capture::One(span))) => of(*span),
        Some((_, Capture::Many(spans))) => {
            let items = spans.iter().map(|span| of(*span));
            lua.create_sequence_from(items.collect::<Result<Vec<Value>>>()?)?
                .into_lua(lua)
        }
        None if variables.iter().any(|known| known == name) => Ok(Value::Nil),
        None => {
            let known = match variables {
                [] => "it holds none".to_owned(),
                list => format!("it holds {}", list.join(", ")),
            };
            Err(mlua::Error::runtime(format!(
                "the matcher's pattern holds no variable `{name}`; {known}"
            )))
        }
    }
}
