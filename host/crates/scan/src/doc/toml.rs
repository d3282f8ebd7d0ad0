//! TOML through `toml`'s spanned tables, with what can be recovered of a broken file.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use perfctl_core::place::ByteSpan;

use super::source::Source;
use super::tree::{DocBuilder, DocErrorKind, DocKind, Full, ScalarKind};

/// A broken file larger than this is not recovered: the parser keeps a message for each of its errors.
const MAX_RECOVERED: usize = 256 << 10;

/// Every string is compared with these, so they stay few.
const MAX_KEPT_ERRORS: usize = 200;

/// Reads `source` into `builder`. The parser stops at 80 levels, so the conversion may recurse.
pub(super) fn load(source: &Source<'_>, builder: &mut DocBuilder<'_>) {
    let (text, shift) = source.body();
    let (table, mut errors) = match DeTable::parse(text) {
        Ok(table) => (table, Vec::new()),
        Err(_) if text.len() <= MAX_RECOVERED => DeTable::parse_recoverable(text),
        Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
    };
    errors.truncate(MAX_KEPT_ERRORS);
    for error in &errors {
        let offset = error.span().map_or(0, |span| span.start) + shift;
        builder.error(DocErrorKind::Syntax, offset, error.message().to_lowercase());
    }
    builder.grow_spans();
    let mut loader = Loader {
        shift,
        errors,
        builder,
    };
    let root = ByteSpan::new(shift as u32, shift as u32);
    if loader.table(table.get_ref(), root).is_err() {
        builder.error(
            DocErrorKind::Limit,
            0,
            "the file holds too many values; the last ones were left out",
        );
    }
}

struct Loader<'b, 's> {
    shift: usize,
    errors: Vec<Error>,
    builder: &'b mut DocBuilder<'s>,
}

impl Loader<'_, '_> {
    fn table(&mut self, table: &DeTable<'_>, span: ByteSpan) -> Result<(), Full> {
        let id = self.builder.open(DocKind::Map, "", span)?;
        let is_broken = !self.errors.is_empty();
        // The parser sorts by name; people read in the order of the file.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let key_span = self.moved(key.span());
            self.builder.key(key.get_ref(), key_span);
            self.value(value)?;
        }
        if is_broken {
            self.builder.set_partial(id);
        }
        self.builder.close();
        Ok(())
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Result<(), Full> {
        let span = self.moved(value.span());
        let (kind, text) = match value.get_ref() {
            DeValue::Table(table) => return self.table(table, span),
            DeValue::Array(array) => {
                self.builder.open(DocKind::List, "", span)?;
                for element in array.iter() {
                    self.value(element)?;
                }
                self.builder.close();
                return Ok(());
            }
            DeValue::String(text) if self.is_broken(value.span()) => (None, text.to_string()),
            DeValue::String(text) => (Some(ScalarKind::String), text.to_string()),
            DeValue::Integer(number) => (Some(ScalarKind::Integer), number.to_string()),
            DeValue::Float(number) => (Some(ScalarKind::Float), number.to_string()),
            DeValue::Boolean(boolean) => (Some(ScalarKind::Bool), boolean.to_string()),
            DeValue::Datetime(date) => (Some(ScalarKind::String), date.to_string()),
        };
        let kind = kind.map_or(DocKind::Unknown, DocKind::Scalar);
        self.builder.leaf(kind, &text, span)?;
        Ok(())
    }

    /// Whether the parser put an empty string where it could not read a value.
    fn is_broken(&self, span: std::ops::Range<usize>) -> bool {
        self.errors
            .iter()
            .filter_map(Error::span)
            .any(|error| error.start <= span.end && span.start <= error.end)
    }

    fn moved(&self, range: std::ops::Range<usize>) -> ByteSpan {
        ByteSpan::new(
            (range.start + self.shift) as u32,
            (range.end + self.shift) as u32,
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::doc::{DocKind, Format, Lookup, NodeRef, read};

    #[test]
    fn tables_keep_the_order_and_the_spans_of_the_file() {
        let text = "z.y = 1\n[tool.b]\nx = 'é'\n[[bin]]\nn = 1\n[[bin]]\nn = 2\n[tool.a]\nd = 1979-05-27\n";
        let doc = read(Format::Toml, text.as_bytes());
        assert_eq!(doc.errors(), []);
        let root = doc.root().expect("it is there");
        assert_eq!(
            root.entries().filter_map(NodeRef::key).collect::<Vec<_>>(),
            ["z", "tool", "bin"]
        );
        assert_eq!(root.get("bin[1].n").and_then(NodeRef::as_i64), Some(2));
        assert_eq!(
            root.get("tool.a.d").and_then(NodeRef::as_str),
            Some("1979-05-27")
        );
        let table = root.get("tool.b").expect("it is there");
        assert_eq!(&text[table.span().range()], "[tool.b]\nx = 'é'");
        assert_eq!(&text[table.key_span().expect("it is there").range()], "b");
    }

    #[test]
    fn a_broken_line_costs_one_value_and_makes_absence_unknown() {
        let text = "[a]\nx = 1\ny = \nz = 3\n[b]\nq = 1\n";
        let doc = read(Format::Toml, text.as_bytes());
        assert_eq!(doc.errors()[0].line, 3);
        let root = doc.root().expect("it is there");
        assert_eq!(root.get("b.q").and_then(NodeRef::as_i64), Some(1));
        assert_eq!(
            root.get("a.y").expect("it is there").kind(),
            DocKind::Unknown
        );
        assert!(matches!(root.lookup("a.w"), Lookup::Unknown(_)));
    }
}
