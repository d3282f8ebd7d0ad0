//! Faults of files: what is wrong, where, and what to write instead; rendered as plain text, as compilers do.
//!
//! Owns the look of an error in a file. Knows neither which files exist nor what belongs in them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use perfctl_core::place::{ByteSpan, Excerpt, LineIndex, Place};

/// Faults kept per file. A file with more is not a mistyped settings file but another kind of file.
pub const MAX_FAULTS: usize = 100;

/// Longest part of a line that is quoted, in characters.
const MAX_QUOTE: usize = 120;

/// The line of the file that a fault speaks of, with the part to underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The line, tabs and control characters replaced by spaces, cut to what fits on a screen.
    pub text: String,
    /// Characters of `text` before the underlined part.
    pub start: usize,
    /// Characters underlined; at least 1.
    pub length: usize,
}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the caller named it.
    pub path: Arc<str>,
    /// Line, from 1; 0 when the fault is about the file as a whole.
    pub line: u32,
    /// Column in characters, from 1; 0 when the fault is about the file as a whole.
    pub column: u32,
    /// What is wrong: a fragment without a full stop.
    pub message: String,
    /// What to do about it, one thought per line.
    pub hint: Option<String>,
    /// The line in question.
    pub excerpt: Option<Quote>,
}

impl Fault {
    /// A fault of a whole file, without a line.
    pub fn of_file(path: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: 0,
            column: 0,
            message: message.into(),
            hint: None,
            excerpt: None,
        }
    }

    /// The same fault with advice.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// `path:line:column: message`, for places that have one line only.
    pub fn one_line(&self) -> String {
        match self.line {
            0 => format!("{}: {}", self.path, self.message),
            line => format!("{}:{line}:{}: {}", self.path, self.column, self.message),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        let gutter = " ".repeat(self.line.to_string().len());
        match self.line {
            0 => write!(f, " --> {}", self.path)?,
            line => write!(f, "{gutter}--> {}:{line}:{}", self.path, self.column)?,
        }
        if let Some(quote) = &self.excerpt {
            write!(f, "\n{gutter} |\n{} | {}", self.line, quote.text)?;
            let marks = "^".repeat(quote.length.max(1));
            write!(f, "\n{gutter} | {}{marks}", " ".repeat(quote.start))?;
        }
        if let Some(hint) = &self.hint {
            if self.excerpt.is_some() {
                write!(f, "\n{gutter} |")?;
            }
            for (at, line) in hint.lines().enumerate() {
                let lead = if at == 0 { "= help:" } else { "       " };
                write!(f, "\n{gutter} {lead} {line}")?;
            }
        }
        Ok(())
    }
}

/// Everything that is wrong with one file, in the order of its lines. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    dropped: usize,
}

impl Faults {
    /// Sorts by place, drops doubles, and keeps the first [`MAX_FAULTS`]; `None` when there is nothing wrong.
    pub fn collect(mut list: Vec<Fault>) -> Option<Self> {
        list.sort_by_key(|fault| (fault.line, fault.column));
        list.dedup();
        let dropped = list.len().saturating_sub(MAX_FAULTS);
        list.truncate(MAX_FAULTS);
        (!list.is_empty()).then_some(Self { list, dropped })
    }

    /// The faults, first line first.
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// Faults beyond [`MAX_FAULTS`], counted but not kept.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The faults by value.
    pub fn into_list(self) -> Vec<Fault> {
        self.list
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self {
            list: vec![fault],
            dropped: 0,
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.list.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "{fault}")?;
        }
        if self.dropped > 0 {
            write!(f, "\n\nand {} more faults in this file", self.dropped)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The text of a file with its name, able to turn byte ranges into faults.
#[derive(Clone, Debug)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    lines: LineIndex,
    hidden: Vec<Range<u32>>,
}

impl Source {
    /// The file `path` with content `text`.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: LineIndex::new(text.as_bytes()),
            hidden: Vec::new(),
        }
    }

    /// Never quotes the values of the top-level table `name`: from a line that begins with the name, or a header that
    /// does, to the next header. Works on text that does not parse, since that is when it matters.
    pub fn hiding(mut self, name: &str) -> Self {
        let mut inside = false;
        for (line, text) in (1u32..).zip(self.text.lines()) {
            let bare =
                text.trim_start_matches(|c: char| c.is_whitespace() || "[\"'\u{feff}".contains(c));
            let named = bare.starts_with(name);
            // An inline table may run over several lines, so only another header ends what a name began.
            if named || text.trim_start().starts_with('[') {
                inside = named;
            }
            if inside {
                self.hidden.push(line..line + 1);
            }
        }
        self
    }

    /// The file's name.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The file's content.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line, from 1, that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> u32 {
        self.lines.line_of(saturate(offset))
    }

    /// The bytes `at` as a place of the core, with the lines they stand on: for what becomes a finding in a file of
    /// settings.
    pub fn place(&self, at: Range<usize>) -> (Place, Excerpt) {
        let text = self.text.as_bytes();
        let end = at.end.min(text.len());
        let span = ByteSpan::new(saturate(at.start.min(end)), saturate(end));
        let place = self.lines.place(self.path.clone(), text, span);
        let excerpt = self.lines.excerpt(text, place.start.line, place.end.line);
        (place, excerpt)
    }

    /// Whether the values of this line must not be shown.
    pub fn is_hidden(&self, line: u32) -> bool {
        self.hidden.iter().any(|lines| lines.contains(&line))
    }

    /// A fault at the bytes `at`; a range over several lines is underlined on its first.
    pub fn fault(&self, at: Range<usize>, message: impl Into<String>) -> Fault {
        let start = saturate(at.start.min(self.text.len()));
        let place = self.lines.line_column(self.text.as_bytes(), start);
        let line_start = self.lines.line_start(place.line) as usize;
        let line_text = self.text[line_start..].lines().next().unwrap_or("");
        let quote = if self.is_hidden(place.line) {
            conceal(line_text)
        } else {
            let length = at.end.saturating_sub(at.start);
            quote(line_text, start as usize - line_start, length)
        };
        Fault {
            path: self.path.clone(),
            line: place.line,
            column: place.column,
            message: message.into(),
            hint: None,
            excerpt: Some(quote),
        }
    }
}

fn saturate(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Only the key of a line whose value must not be shown.
fn conceal(line: &str) -> Quote {
    let key = match line.split_once('=') {
        // Anything else may be a line of a long secret that happens to hold an equals sign.
        Some((key, value)) if value.trim_start().starts_with(['"', '\'', '{']) => {
            format!("{key}= (hidden)")
        }
        _ if line.trim_start().starts_with('[') && !line.contains(['"', '\'', '=']) => {
            line.to_owned()
        }
        _ => "(hidden)".to_owned(),
    };
    let length = key.chars().count().max(1);
    Quote {
        text: printable(&key),
        start: 0,
        length,
    }
}

/// Cuts `line` around the `length` bytes from byte `from`.
fn quote(line: &str, from: usize, length: usize) -> Quote {
    let from = floor(line, from);
    let to = floor(line, from.saturating_add(length));
    let before = line[..from].chars().count();
    let marked = line[from..to].chars().count();
    let total = line.chars().count();
    if total <= MAX_QUOTE {
        let text = printable(line);
        let length = marked.clamp(1, total.saturating_sub(before).max(1));
        return Quote {
            text,
            start: before,
            length,
        };
    }
    let first = before.saturating_sub(MAX_QUOTE / 3);
    let middle: String = line.chars().skip(first).take(MAX_QUOTE).collect();
    let head = if first > 0 { "... " } else { "" };
    let tail = if first + MAX_QUOTE < total {
        " ..."
    } else {
        ""
    };
    let start = before - first + head.len();
    let room = (MAX_QUOTE - (before - first)).max(1);
    Quote {
        text: format!("{head}{}{tail}", printable(&middle)),
        start,
        length: marked.clamp(1, room),
    }
}

/// The largest character border at or below `at`.
fn floor(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Terminal control characters and bidirectional overrides must not reach a screen; one character stays one column.
fn printable(text: &str) -> String {
    text.trim_end()
        .chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_points_at_its_bytes_like_a_compiler() {
        let source = Source::new("recipes/x.toml", "a = 1\n\tb = \"é\" # tab\n");
        let fault = source
            .fault(7..8, "unknown key `b`")
            .with_hint("did you mean `a`?\nor leave it out");
        let expected = "\
error: unknown key `b`
 --> recipes/x.toml:2:2
  |
2 |  b = \"é\" # tab
  |  ^
  |
  = help: did you mean `a`?
          or leave it out";
        assert_eq!(fault.to_string(), expected);
        assert_eq!(fault.one_line(), "recipes/x.toml:2:2: unknown key `b`");
    }

    #[test]
    fn a_fault_of_a_file_has_no_line() {
        let fault = Fault::of_file("a.toml", "file is 9 MB long").with_hint("shorten it");
        assert_eq!(
            fault.to_string(),
            "error: file is 9 MB long\n --> a.toml\n  = help: shorten it"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_marked_part() {
        let line = format!("k = \"{}X{}\"", "a".repeat(300), "b".repeat(300));
        let source = Source::new("x", &line);
        let at = line.find('X').expect("X is there");
        let quote = source.fault(at..at + 1, "m").excerpt.expect("quoted");
        assert_eq!(quote.text.chars().nth(quote.start), Some('X'));
        assert!(quote.text.chars().count() <= MAX_QUOTE + 8 && quote.length == 1);
    }

    #[test]
    fn control_characters_never_reach_the_screen() {
        let source = Source::new("x", "a = \"\u{1b}[2J\u{202e}\"\r\n");
        let text = source.fault(4..5, "m").to_string();
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\r']), "{text:?}");
    }

    #[test]
    fn secrets_are_not_quoted_wherever_the_fault_is() {
        for text in [
            "[tokens]\nhost = \"s3cret\"\n",
            "[tokens]\n\"host.example\" = \"s3cret\n",
            "tokens = { host = \"s3cret\" }\n",
            "tokens.host = \"s3cret\"\n",
            "[\"tokens\"]\nhost = '''\ns3cret\n'''\n",
            "[tokens.host]\nvalue = \"s3cret\"\n",
            "tokens = {\n  host = \"s3cret\"\n}\n",
            "[tokens]\nhost = \"\"\"\ns3cret=\n\"\"\"",
            "[tokens]\nhost = s3cret",
        ] {
            let source = Source::new("config.toml", text).hiding("tokens");
            for at in 0..text.len() {
                let shown = source.fault(at..at + 1, "m").to_string();
                assert!(!shown.contains("s3cret"), "{text:?} at {at}:\n{shown}");
            }
        }
        let source = Source::new("x", "[tokens]\na = 1\n[scan]\njobs = 3\n").hiding("tokens");
        assert!(source.fault(22..23, "m").to_string().contains("jobs = 3"));
    }

    #[test]
    fn faults_are_sorted_doubles_go_and_the_surplus_is_counted() {
        let source = Source::new("x", &"a\n".repeat(200));
        let list = (0..150)
            .rev()
            .map(|line| source.fault(line * 2..line * 2 + 1, "m"));
        let faults = Faults::collect(list.clone().chain(list).collect()).expect("faults");
        assert_eq!((faults.list().len(), faults.dropped()), (MAX_FAULTS, 50));
        assert_eq!(faults.list()[0].line, 1);
        assert!(
            faults
                .to_string()
                .ends_with("and 50 more faults in this file")
        );
        assert_eq!(Faults::collect(Vec::new()), None);
    }

    proptest::proptest! {
        #[test]
        fn any_range_of_any_text_can_be_shown(text in ".{0,400}", start in 0usize..900, length in 0usize..900) {
            let fault = Source::new("x", &text).hiding("tokens").fault(start..start.saturating_add(length), "m");
            let quote = fault.excerpt.clone().expect("quoted");
            proptest::prop_assert!(quote.length >= 1);
            proptest::prop_assert!(!fault.to_string().is_empty());
        }
    }
}
