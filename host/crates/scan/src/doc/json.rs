//! JSON, with comments, trailing commas and the looser forms of JSON5, through `jsonc-parser`.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use perfctl_core::place::ByteSpan;

use super::intrinsic;
use super::source::Source;
use super::tree::{DocBuilder, DocErrorKind, DocKind, Full, ScalarKind};

/// Reads `source` into `builder`. The parser keeps nothing of a broken file, and stops at 512 levels, so the conversion may recurse.
pub(super) fn load(source: &Source<'_>, builder: &mut DocBuilder<'_>) {
    let (text, shift) = source.body();
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()) {
        Ok(parsed) => parsed,
        Err(error) => {
            let offset = error.range().start + shift;
            let message = error.kind().to_string().to_lowercase();
            if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
                builder.refuse(offset, message);
            } else {
                builder.error(DocErrorKind::Syntax, offset, message);
            }
            return;
        }
    };
    let Some(value) = parsed.value else { return };
    if add(&value, shift, builder).is_err() {
        builder.error(
            DocErrorKind::Limit,
            0,
            "the file holds too many values; the last ones were left out",
        );
    }
}

fn add(value: &Value<'_>, shift: usize, builder: &mut DocBuilder<'_>) -> Result<(), Full> {
    let span = moved(value.range(), shift);
    match value {
        Value::Object(object) => {
            let id = builder.open(DocKind::Map, "", span)?;
            for property in &object.properties {
                let (name, range) = match &property.name {
                    ObjectPropName::String(name) => (name.value.as_ref(), name.range),
                    ObjectPropName::Word(name) => (name.value, name.range),
                };
                builder.key(name, moved(range, shift));
                add(&property.value, shift, builder)?;
            }
            intrinsic::mark_call(builder, id);
            builder.close();
        }
        Value::Array(array) => {
            builder.open(DocKind::List, "", span)?;
            for element in &array.elements {
                add(element, shift, builder)?;
            }
            builder.close();
        }
        Value::StringLit(string) => {
            builder.leaf(DocKind::Scalar(ScalarKind::String), &string.value, span)?;
        }
        Value::NumberLit(number) => {
            let is_whole = number
                .value
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+'));
            let is_hexadecimal = number.value.contains(['x', 'X']);
            let kind = if is_whole || is_hexadecimal {
                ScalarKind::Integer
            } else {
                ScalarKind::Float
            };
            builder.leaf(DocKind::Scalar(kind), number.value, span)?;
        }
        Value::BooleanLit(boolean) => {
            let text = if boolean.value { "true" } else { "false" };
            builder.leaf(DocKind::Scalar(ScalarKind::Bool), text, span)?;
        }
        Value::NullKeyword(_) => {
            builder.leaf(DocKind::Null, "", span)?;
        }
    }
    Ok(())
}

fn moved(range: Range, shift: usize) -> ByteSpan {
    ByteSpan::new((range.start + shift) as u32, (range.end + shift) as u32)
}

#[cfg(test)]
mod tests {
    use crate::doc::{DocErrorKind, Format, NodeRef, read};

    #[test]
    fn comments_and_trailing_commas_are_tolerated() {
        let text =
            "\u{feff}// c\n{\"a\": [1, 2,], /* x */ \"m\": {\"Fn::GetAtt\": [\"F\", \"Arn\"]},}";
        let doc = read(Format::Json, text.as_bytes());
        assert_eq!(doc.errors(), []);
        let list = doc
            .root()
            .expect("it is there")
            .get("a")
            .expect("it is there");
        assert_eq!(&text[list.span().range()], "[1, 2,]");
        let call = doc
            .root()
            .expect("it is there")
            .get("m")
            .expect("it is there");
        assert_eq!((call.is_unknown(), call.tag()), (true, Some("GetAtt")));
        assert_eq!(doc.nodes().filter_map(NodeRef::as_i64).sum::<i64>(), 3);
    }

    #[test]
    fn a_broken_file_names_its_line() {
        let doc = read(Format::Json, b"{\n\"a\": 1,\n\"b\" 2}");
        assert_eq!(
            (doc.errors()[0].kind, doc.errors()[0].line),
            (DocErrorKind::Syntax, 3)
        );
        assert!(doc.is_empty() && !doc.is_refused());
    }
}
