//! Paths into a document, as people write them: `spec.template.spec.containers[*].resources`.

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// The entry with this key; for HCL also a block's label.
    Key(String),
    /// The entry of a list with this index, from 0; of a map, the entry with this number as key.
    Index(usize),
    /// Every entry of a list or map.
    Each,
}

impl Segment {
    /// Splits a path at `.`. `[3]` is an index and `[*]` or `*` every entry; a key with dots stands in quotes:
    /// `metadata.annotations."autoscaling.knative.dev/minScale"`.
    pub fn parse_path(path: &str) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut rest = path;
        while !rest.is_empty() {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let (segment, tail) = take_segment(rest);
            segments.extend(segment);
            rest = tail;
        }
        segments
    }
}

fn take_segment(text: &str) -> (Option<Segment>, &str) {
    let mut chars = text.chars();
    match chars.next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = chars.as_str();
            let end = inner.find(quote).unwrap_or(inner.len());
            let tail = inner.get(end + 1..).unwrap_or_default();
            (Some(Segment::Key(inner[..end].to_owned())), tail)
        }
        Some('[') => {
            let inner = chars.as_str();
            let end = inner.find(']').unwrap_or(inner.len());
            let tail = inner.get(end + 1..).unwrap_or_default();
            (Some(plain(inner[..end].trim_matches(['"', '\'']))), tail)
        }
        Some(_) => {
            let end = text.find(['.', '[']).unwrap_or(text.len());
            let segment = (end > 0).then(|| plain(&text[..end]));
            (segment, &text[end..])
        }
        None => (None, text),
    }
}

fn plain(word: &str) -> Segment {
    match word.parse() {
        Ok(index) => Segment::Index(index),
        Err(_) if word == "*" => Segment::Each,
        Err(_) => Segment::Key(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> Segment {
        Segment::Key(word.to_owned())
    }

    #[test]
    fn a_path_has_keys_indices_and_stars() {
        assert_eq!(
            Segment::parse_path("a.b[2].c"),
            [key("a"), key("b"), Segment::Index(2), key("c")]
        );
        assert_eq!(
            Segment::parse_path("a.*.c[*]"),
            [key("a"), Segment::Each, key("c"), Segment::Each]
        );
        assert_eq!(
            Segment::parse_path("x.\"a.b/c\".d"),
            [key("x"), key("a.b/c"), key("d")]
        );
        assert_eq!(Segment::parse_path("x[\"a.b\"]"), [key("x"), key("a.b")]);
        assert_eq!(Segment::parse_path(""), []);
    }

    #[test]
    fn a_broken_path_ends() {
        assert_eq!(Segment::parse_path("a..b."), [key("a"), key("b")]);
        assert_eq!(Segment::parse_path("a[1"), [key("a"), Segment::Index(1)]);
        assert_eq!(Segment::parse_path("\"é"), [key("é")]);
    }
}
