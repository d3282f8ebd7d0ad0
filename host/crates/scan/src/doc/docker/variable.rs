//! Variables of a Dockerfile: ARG, ENV, and what `$x` and `${x:-y}` become.

use perfctl_core::place::ByteSpan;

/// Stands in expanded text for a part that the file does not tell.
const HOLE: char = '\u{e000}';
/// A variable that would make a text longer is left as written: variables may double each other.
const MAX_TEXT: usize = 4 << 10;
/// Variables inside the defaults of variables.
const MAX_NESTING: usize = 8;

/// An ARG or ENV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// Its value with variables filled in; `None` for an ARG that has no default.
    pub value: Option<Expanded>,
    /// Whether it is an ENV, which stays in the image, or an ARG, which a build may set otherwise.
    pub is_env: bool,
    /// Index of its instruction in the stage; for those before the first FROM, in the preamble.
    pub instruction: usize,
    /// The instruction's bytes.
    pub span: ByteSpan,
}

/// Text whose variables are filled in as far as the file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    text: String,
    /// What stands at each hole of `text`, as written.
    holes: Vec<String>,
}

impl Expanded {
    /// Whether nothing was left open.
    pub fn is_known(&self) -> bool {
        self.holes.is_empty()
    }

    /// The text, if nothing was left open.
    pub fn known(&self) -> Option<&str> {
        self.is_known().then_some(self.text.as_str())
    }

    /// The text; what is not known stands as it is written.
    pub fn display(&self) -> String {
        let mut holes = self.holes.iter();
        let mut text = String::new();
        for c in self.text.chars() {
            match c {
                HOLE => text.push_str(holes.next().map_or("", String::as_str)),
                _ => text.push(c),
            }
        }
        text
    }

    /// Cuts at the first `separator` outside of holes.
    pub(super) fn split_once(&self, separator: char) -> Option<(Expanded, Expanded)> {
        self.split_at(self.text.find(separator)?, separator.len_utf8())
    }

    /// Cuts at the last `separator` outside of holes.
    pub(super) fn rsplit_once(&self, separator: char) -> Option<(Expanded, Expanded)> {
        self.split_at(self.text.rfind(separator)?, separator.len_utf8())
    }

    fn split_at(&self, at: usize, width: usize) -> Option<(Expanded, Expanded)> {
        let (left, right) = (&self.text[..at], &self.text[at + width..]);
        let count = left.chars().filter(|c| *c == HOLE).count();
        let part = |text: &str, holes: &[String]| Expanded {
            text: text.to_owned(),
            holes: holes.to_vec(),
        };
        Some((
            part(left, &self.holes[..count]),
            part(right, &self.holes[count..]),
        ))
    }

    /// Whether a hole stands at its end, which may thus go on in any way.
    pub(super) fn ends_open(&self) -> bool {
        self.text.ends_with(HOLE)
    }

    /// Whether its known characters hold `c`.
    pub(super) fn contains(&self, c: char) -> bool {
        self.text.contains(c)
    }

    /// Whether there is not even a hole.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Bytes of the text and of what stands in its holes.
    fn size(&self) -> usize {
        self.text.len() + self.holes.iter().map(String::len).sum::<usize>()
    }

    /// Appends the value of a variable that is written so.
    fn push(&mut self, other: &Expanded, written: &str) {
        if self.size() + other.size() > MAX_TEXT {
            return self.push_hole(written);
        }
        self.text.push_str(&other.text);
        self.holes.extend_from_slice(&other.holes);
    }

    fn push_hole(&mut self, written: &str) {
        self.text.push(HOLE);
        self.holes.push(written.to_owned());
    }
}

/// What is known of a variable.
pub(super) enum Value<'v> {
    /// It has this value.
    Set(&'v Expanded),
    /// It is declared without a value, or not at all: a plain build leaves it empty.
    Unset,
    /// The builder or the base image sets it.
    Given,
}

/// Fills in the variables of `text`.
pub(super) fn expand<'v>(text: &str, lookup: &impl Fn(&str) -> Value<'v>) -> Expanded {
    let mut expanded = Expanded::default();
    expand_into(text, lookup, MAX_NESTING, &mut expanded);
    expanded
}

fn expand_into<'v>(
    text: &str,
    lookup: &impl Fn(&str) -> Value<'v>,
    nesting: usize,
    expanded: &mut Expanded,
) {
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\\', HOLE]) {
        expanded.text.push_str(&rest[..at]);
        let tail = &rest[at..];
        if let Some(behind) = tail.strip_prefix(HOLE) {
            expanded.text.push('_');
            rest = behind;
        } else if let Some(behind) = tail.strip_prefix('\\') {
            // Only a dollar sign needs an escape here.
            expanded
                .text
                .push(if behind.starts_with('$') { '$' } else { '\\' });
            rest = behind.strip_prefix('$').unwrap_or(behind);
        } else {
            let length = expand_variable(tail, lookup, nesting, expanded);
            rest = &tail[length..];
        }
    }
    expanded.text.push_str(rest);
}

/// Fills in the variable at the start of `text`; returns how long its name is as written.
fn expand_variable<'v>(
    text: &str,
    lookup: &impl Fn(&str) -> Value<'v>,
    nesting: usize,
    expanded: &mut Expanded,
) -> usize {
    let name_length = |text: &str| {
        text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(text.len())
    };
    let Some(inside) = text[1..].strip_prefix('{') else {
        let length = 1 + name_length(&text[1..]);
        match (length, lookup(&text[1..length])) {
            (1, _) => expanded.text.push('$'),
            (_, Value::Set(value)) => expanded.push(value, &text[..length]),
            _ => expanded.push_hole(&text[..length]),
        }
        return length;
    };
    let Some(close) = closing_brace(inside) else {
        expanded.push_hole(text);
        return text.len();
    };
    let (written, inside) = (&text[..close + 3], &inside[..close]);
    let (name, operation) = inside.split_at(name_length(inside));
    let value = lookup(name);
    let (operator, word) = operation
        .strip_prefix(':')
        .map_or((operation, None), |rest| (rest, Some(true)));
    let needs_text = word.is_some();
    let is_filled = |value: &Expanded| !needs_text || !value.is_empty();
    match (operator.chars().next(), &value) {
        _ if nesting == 0 => expanded.push_hole(written),
        (None, Value::Set(value)) => expanded.push(value, written),
        (Some('-'), Value::Set(value)) | (Some('?'), Value::Set(value)) if is_filled(value) => {
            expanded.push(value, written)
        }
        (Some('-'), Value::Set(_) | Value::Unset) => {
            expand_into(&operator[1..], lookup, nesting - 1, expanded)
        }
        (Some('+'), Value::Set(value)) if is_filled(value) => {
            expand_into(&operator[1..], lookup, nesting - 1, expanded)
        }
        (Some('+'), Value::Set(_) | Value::Unset) => {}
        _ => expanded.push_hole(written),
    }
    close + 3
}

/// Where the brace that `text` is inside of closes.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether the builder sets this variable by itself.
pub(super) fn is_given_by_builder(name: &str) -> bool {
    name.starts_with("TARGET")
        || name.starts_with("BUILDKIT_")
        || matches!(
            name,
            "BUILDPLATFORM" | "BUILDOS" | "BUILDOSVERSION" | "BUILDARCH" | "BUILDVARIANT"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> String {
        let set = Expanded {
            text: "18".to_owned(),
            ..Expanded::default()
        };
        let empty = Expanded::default();
        let lookup = |name: &str| match name {
            "V" => Value::Set(&set),
            "E" => Value::Set(&empty),
            "TARGETARCH" => Value::Given,
            _ => Value::Unset,
        };
        let expanded = expand(text, &lookup);
        format!(
            "{}{}",
            if expanded.is_known() { "" } else { "?" },
            expanded.display()
        )
    }

    #[test]
    fn variables_are_filled_in() {
        assert_eq!(expanded("node:$V-x"), "node:18-x");
        assert_eq!(expanded("node:${V}${V}"), "node:1818");
        assert_eq!(expanded("a\\$V$"), "a$V$");
    }

    #[test]
    fn defaults_apply_to_what_is_not_set() {
        assert_eq!(expanded("${X:-d}${V:-d}${E:-e}${E-e}"), "d18e");
        assert_eq!(expanded("${V:+y}${X:+n}${E:+n}${E+y}"), "yy");
        assert_eq!(expanded("${X:-a${V}b}"), "a18b");
    }

    #[test]
    fn holes_count_with_what_stands_in_them() {
        let mut value = expand(&format!("${{X#{}}}", "a".repeat(100)), &|_| Value::Unset);
        for _ in 0..12 {
            value = expand("$V$V$V$V", &|_| Value::Set(&value));
            assert!(value.size() <= MAX_TEXT + 8, "{}", value.size());
        }
    }

    #[test]
    fn what_is_not_told_stays_as_written() {
        assert_eq!(expanded("a:$X"), "?a:$X");
        assert_eq!(expanded("${TARGETARCH:-amd64}"), "?${TARGETARCH:-amd64}");
        assert_eq!(expanded("${V#1}/${"), "?${V#1}/${");
        assert_eq!(expanded("é\u{e000}"), "é_");
    }
}
