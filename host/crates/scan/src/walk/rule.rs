//! Rules of a `.gitignore`: what a line means and which paths it names.
//!
//! Compiled globs cost memory by the square of their number, and whoever wrote the repository chose the number. A rule here is
//! its bytes, and looking for it takes no more steps than its length times that of the path.

/// The rules of one file.
#[derive(Debug, Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    /// What the parts of a path must be like, from the directory of the rules downwards.
    parts: Vec<Part>,
    /// Whether it takes back what a rule before it leaves out.
    keeps: bool,
    only_dir: bool,
    /// Whether it is about the path from the directory of the rules, not about the last name alone.
    is_anchored: bool,
}

#[derive(Debug)]
enum Part {
    /// A name as it stands.
    Name(Box<[u8]>),
    /// A name with wildcards.
    Glob(Box<[u8]>),
    /// `**`: any number of names.
    Any,
}

impl Rules {
    /// The rules in the text of a file. Lines that mean nothing are passed over, as git does.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        Self {
            rules: text.lines().filter_map(Rule::read).collect(),
        }
    }

    /// Whether `path`, from the directory of the rules and with slashes, is left out or kept; `None` when no rule names it.
    pub(super) fn leaves_out(&self, path: &[u8], is_dir: bool) -> Option<bool> {
        let fits = |rule: &&Rule| (is_dir || !rule.only_dir) && rule.names(path);
        self.rules.iter().rev().find(fits).map(|rule| !rule.keeps)
    }
}

impl Rule {
    fn read(line: &str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let (keeps, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let line = without_trailing_blanks(line);
        let (only_dir, line) = match line.strip_suffix('/') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        if line.is_empty() {
            return None;
        }
        let is_anchored = line.contains('/');
        let line = line.strip_prefix('/').unwrap_or(line);
        let mut parts: Vec<Part> = line
            .split('/')
            .map(|part| match part {
                "**" if is_anchored => Part::Any,
                _ if part.contains(['*', '?', '[', '\\']) => Part::Glob(part.as_bytes().into()),
                _ => Part::Name(part.as_bytes().into()),
            })
            .collect();
        if let Some(Part::Any) = parts.last() {
            // What ends with `/**` names what stands below, and not the directory itself.
            parts.push(Part::Glob(b"*"[..].into()));
        }
        Some(Self {
            parts,
            keeps,
            only_dir,
            is_anchored,
        })
    }

    fn names(&self, path: &[u8]) -> bool {
        if !self.is_anchored {
            let from = memchr::memrchr(b'/', path).map_or(0, |at| at + 1);
            return self
                .parts
                .first()
                .is_some_and(|part| part.fits(&path[from..]));
        }
        let names: smallvec::SmallVec<[&[u8]; 16]> = path.split(|byte| *byte == b'/').collect();
        let (mut part, mut name) = (0, 0);
        // Where to go on when what follows the last `**` does not fit: one name later than before.
        let mut retry = None;
        while name < names.len() || part < self.parts.len() {
            match self.parts.get(part) {
                Some(Part::Any) => {
                    part += 1;
                    retry = Some((part, name));
                    continue;
                }
                Some(wanted) if names.get(name).is_some_and(|name| wanted.fits(name)) => {
                    (part, name) = (part + 1, name + 1);
                    continue;
                }
                _ => {}
            }
            match retry {
                Some((from, at)) if at < names.len() => {
                    retry = Some((from, at + 1));
                    (part, name) = (from, at + 1);
                }
                _ => return false,
            }
        }
        true
    }
}

impl Part {
    fn fits(&self, name: &[u8]) -> bool {
        match self {
            Part::Name(wanted) => **wanted == *name,
            Part::Glob(pattern) => glob(pattern, name),
            Part::Any => true,
        }
    }
}

/// Blanks at the end mean nothing unless a backslash stands before them.
fn without_trailing_blanks(line: &str) -> &str {
    let bare = line.trim_end_matches(' ');
    let slashes = bare.len() - bare.trim_end_matches('\\').len();
    match slashes % 2 {
        1 if bare.len() < line.len() => &line[..=bare.len()],
        _ => bare,
    }
}

/// Whether a pattern with `*`, `?`, `[...]` and backslashes names all of `name`.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut retry = None;
    loop {
        if pattern.get(at) == Some(&b'*') {
            at += 1;
            retry = Some((at, from));
            continue;
        }
        match name.get(from) {
            None if at == pattern.len() => return true,
            Some(byte) => {
                if let Some(end) = one(pattern, at, *byte) {
                    (at, from) = (end, from + 1);
                    continue;
                }
            }
            None => {}
        }
        match retry {
            Some((star, begun)) if begun < name.len() => {
                retry = Some((star, begun + 1));
                (at, from) = (star, begun + 1);
            }
            _ => return false,
        }
    }
}

/// Where the pattern goes on when what it has at `at` fits `byte`.
fn one(pattern: &[u8], at: usize, byte: u8) -> Option<usize> {
    match pattern.get(at)? {
        b'?' => Some(at + 1),
        b'[' => class(pattern, at + 1, byte),
        b'\\' => (*pattern.get(at + 1)? == byte).then_some(at + 2),
        wanted => (*wanted == byte).then_some(at + 1),
    }
}

/// Where the pattern goes on behind the class that begins at `at`, when `byte` is in it. One that does not close fits nothing.
fn class(pattern: &[u8], mut at: usize, byte: u8) -> Option<usize> {
    let is_negated = matches!(pattern.get(at)?, b'!' | b'^');
    at += usize::from(is_negated);
    let (first, mut holds) = (at, false);
    loop {
        let mut low = *pattern.get(at)?;
        if low == b']' && at > first {
            return (holds != is_negated).then_some(at + 1);
        }
        if let Some((is_in, end)) = named_class(pattern, at, byte) {
            holds |= is_in;
            at = end;
            continue;
        }
        if low == b'\\' {
            at += 1;
            low = *pattern.get(at)?;
        }
        at += 1;
        let mut high = low;
        if pattern.get(at) == Some(&b'-') && pattern.get(at + 1).is_some_and(|end| *end != b']') {
            at += 1;
            at += usize::from(pattern[at] == b'\\');
            high = *pattern.get(at)?;
            at += 1;
        }
        holds |= (low..=high).contains(&byte);
    }
}

/// Whether `byte` is in the class by name that stands at `at`, as in `[[:digit:]]`, and where that ends.
fn named_class(pattern: &[u8], at: usize, byte: u8) -> Option<(bool, usize)> {
    let rest = pattern[at..].strip_prefix(b"[:")?;
    // No name is longer, and a class that does not close must not be read to the end at every turn.
    let rest = &rest[..rest.len().min(12)];
    let length = memchr::memmem::find(rest, b":]")?;
    let holds = match &rest[..length] {
        b"alnum" => byte.is_ascii_alphanumeric(),
        b"alpha" => byte.is_ascii_alphabetic(),
        b"blank" => matches!(byte, b' ' | b'\t'),
        b"cntrl" => byte.is_ascii_control(),
        b"digit" => byte.is_ascii_digit(),
        b"graph" => byte.is_ascii_graphic(),
        b"lower" => byte.is_ascii_lowercase(),
        b"print" => byte.is_ascii_graphic() || byte == b' ',
        b"punct" => byte.is_ascii_punctuation(),
        b"space" => byte.is_ascii_whitespace() || byte == 0x0b,
        b"upper" => byte.is_ascii_uppercase(),
        b"xdigit" => byte.is_ascii_hexdigit(),
        _ => false,
    };
    Some((holds, at + 2 + length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves_out(text: &str, path: &str) -> Option<bool> {
        match path.strip_suffix('/') {
            Some(path) => Rules::read(text).leaves_out(path.as_bytes(), true),
            None => Rules::read(text).leaves_out(path.as_bytes(), false),
        }
    }

    #[test]
    fn a_line_names_what_git_says_it_does() {
        // As `git check-ignore` answers, but for what a directory above brings with it.
        for (rule, named, others) in [
            ("a", &["a", "a/", "x/a"][..], &["ab", "a/b"][..]),
            ("/a", &["a"], &["x/a"]),
            ("a/", &["a/", "x/a/"], &["a"]),
            ("a/b", &["a/b"], &["x/a/b", "b"]),
            (
                "*.log",
                &[".log", "a.log", "x/b.log"],
                &["a.log.txt", "log"],
            ),
            ("a*b*c", &["abc", "axbxbyc", "x/abcc"], &["ab", "abcd"]),
            ("?.py", &["a.py"], &[".py", "ab.py"]),
            ("a/*", &["a/b"], &["a/", "a/b/c"]),
            ("**/x", &["x", "a/x", "a/b/x"], &["xx", "a/xx"]),
            ("a/**", &["a/b", "a/b/c"], &["a/", "b/a/c"]),
            ("a/**/b", &["a/b", "a/x/b", "a/x/y/b"], &["ab", "a/xb"]),
            (
                "**/a/**/b/*.c",
                &["a/b/x.c", "y/a/a/z/b/x.c"],
                &["a/b/c/x.c"],
            ),
            ("a**b/c", &["ab/c", "axb/c"], &["a/b/c"]),
            ("[a-c]x", &["ax", "cx"], &["dx", "x"]),
            ("[!a-c]x", &["dx"], &["ax", "x"]),
            ("[^a]x", &["bx"], &["ax"]),
            ("[]a]x", &["]x", "ax"], &["bx"]),
            ("[a-]x", &["-x", "ax"], &["bx"]),
            ("[[:digit:]_]x", &["1x", "_x"], &["ax", "dx"]),
            ("[ab", &[], &["a", "[ab"]),
            ("\\#a", &["#a"], &["\\#a"]),
            ("\\!a", &["!a"], &["a"]),
            ("a\\*", &["a*"], &["ab"]),
            ("a   ", &["a"], &["a   "]),
            ("a\\ ", &["a "], &["a"]),
            ("#a", &[], &["#a", "a"]),
            ("", &[], &["a"]),
            ("/", &[], &["a", "a/"]),
        ] {
            for path in named {
                assert_eq!(leaves_out(rule, path), Some(true), "{rule:?} names {path}");
            }
            for path in others {
                assert_eq!(
                    leaves_out(rule, path),
                    None,
                    "{rule:?} does not name {path}"
                );
            }
        }
    }

    #[test]
    fn the_last_rule_that_names_a_path_decides() {
        assert_eq!(leaves_out("*.log\n!keep.log\n", "keep.log"), Some(false));
        assert_eq!(leaves_out("!keep.log\n*.log\n", "keep.log"), Some(true));
        assert_eq!(leaves_out("\u{feff}a\r\nb\r\n", "a"), Some(true));
    }
}
