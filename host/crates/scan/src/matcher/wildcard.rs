//! Globs that are little more than texts with gaps (`**/settings*.py`, `*{nginx,[Cc]addy}*`), held against a path without an automaton.
//!
//! A run knows a hundred such globs and holds each path against them once. Compiled as a set they cost more to make, and more per path,
//! than looking for their texts does. What is written in another way is left to `globset`, whose meaning this is.

use memchr::memmem;

use super::path::braces;

/// A glob as the texts it consists of.
#[derive(Clone, Debug)]
pub(super) struct Wildcard {
    /// It fits what any of these fits.
    ways: Vec<Way>,
}

/// Texts with a gap of any length between each and the next: the first begins a path and the last ends it.
#[derive(Clone, Debug)]
struct Way {
    first: Box<[u8]>,
    within: Vec<Box<[u8]>>,
    /// `None` where one text without a gap is the whole path.
    last: Option<Box<[u8]>>,
}

/// What would be more ways than this is left to an automaton.
const MOST_WAYS: usize = 64;

impl Wildcard {
    /// Reads `glob`, unless it is written in a way that only `globset` reads.
    pub(super) fn read(glob: &str) -> Option<Self> {
        let is_plain = |byte: u8| matches!(byte, b'!'..=b'~') && !matches!(byte, b'\\' | b'?');
        if !glob.bytes().all(is_plain) || !has_plain_braces(glob) || spellings(glob) > MOST_WAYS {
            return None;
        }
        let mut ways = Vec::new();
        let spelled: Option<Vec<_>> = braces(glob).into_iter().map(one_letter).collect();
        for written in spelled?.concat() {
            for one in directories(&written)? {
                ways.push(Way::of(&one));
            }
            if ways.len() > MOST_WAYS {
                return None;
            }
        }
        Some(Self { ways })
    }

    /// Whether the glob fits `path` as a whole.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.ways.iter().any(|way| way.fits(path.as_bytes()))
    }

    /// Whether it may fit a path that ends with `end`.
    pub(super) fn may_end(&self, end: &str) -> bool {
        self.ways.iter().any(|way| way.may_end(end.as_bytes()))
    }
}

/// How many ways there are at most to spell out braces, letters in brackets and directories of any depth; never fewer than there are.
fn spellings(glob: &str) -> usize {
    let braces = glob.split('{').skip(1).map(|group| {
        let inner = group.split('}').next().unwrap_or_default();
        inner.matches(',').count() + 1
    });
    let letters = glob
        .split('[')
        .skip(1)
        .map(|rest| rest.split(']').next().map_or(0, str::len));
    let depths = glob.matches("/**/").map(|_| 2);
    braces
        .chain(letters)
        .chain(depths)
        .fold(1_usize, |all, one| all.saturating_mul(one.max(1)))
}

/// Whether braces are closed, stand in no others, name nothing empty, and have no directories of any depth among other texts.
fn has_plain_braces(glob: &str) -> bool {
    let mut rest = glob;
    while let Some(at) = rest.find(['{', '}']) {
        let Some((inner, after)) = rest[at..]
            .strip_prefix('{')
            .and_then(|open| open.split_once('}'))
        else {
            return false;
        };
        let is_plain = |one: &str| !one.is_empty() && (after.is_empty() || !one.contains("**"));
        if inner.contains('{') || !inner.split(',').all(is_plain) {
            return false;
        }
        rest = after;
    }
    true
}

/// `[ab]c` as `ac` and `bc`.
fn one_letter(glob: String) -> Option<Vec<String>> {
    let Some((before, rest)) = glob.split_once('[') else {
        return (!glob.contains(']')).then(|| vec![glob]);
    };
    let (letters, after) = rest.split_once(']')?;
    if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let rests = one_letter(after.to_owned())?;
    let spelled = letters.chars().flat_map(|letter| {
        rests
            .iter()
            .map(move |rest| format!("{before}{letter}{rest}"))
    });
    Some(spelled.collect())
}

/// A glob without directories of any depth: each way in which those can be there or not, with `*` for what can be anything.
fn directories(glob: &str) -> Option<Vec<String>> {
    let (is_deep, rest) = match glob.strip_prefix("**/") {
        Some(rest) => (true, rest),
        None => (false, glob),
    };
    let (rest, below) = match rest.strip_suffix("/**") {
        Some(rest) => (rest, "/*"),
        None => (rest, ""),
    };
    let mut ways = vec![String::new()];
    for (at, part) in rest.split("/**/").enumerate() {
        if part.contains("**") || part.is_empty() || part.starts_with('/') || part.ends_with('/') {
            return None;
        }
        ways = match at {
            0 => vec![part.to_owned()],
            _ => ways
                .iter()
                .flat_map(|way| [format!("{way}/{part}"), format!("{way}/*/{part}")])
                .collect(),
        };
    }
    let spelled = ways.into_iter().flat_map(|way| {
        let deep = is_deep && !way.starts_with('*');
        let deep = deep.then(|| format!("*/{way}{below}"));
        [Some(format!("{way}{below}")), deep]
    });
    Some(spelled.flatten().collect())
}

impl Way {
    fn of(glob: &str) -> Self {
        let mut texts: Vec<Box<[u8]>> =
            glob.split('*').map(|text| text.as_bytes().into()).collect();
        let last = if texts.len() > 1 { texts.pop() } else { None };
        let first = texts.remove(0);
        texts.retain(|text| !text.is_empty());
        Self {
            first,
            within: texts,
            last,
        }
    }

    fn may_end(&self, end: &[u8]) -> bool {
        let last = self.last.as_ref().unwrap_or(&self.first);
        last.ends_with(end) || end.ends_with(last)
    }

    fn fits(&self, path: &[u8]) -> bool {
        let Some(last) = &self.last else {
            return path == &*self.first;
        };
        // How a path ends tells most of them apart.
        let Some(mut rest) = path
            .strip_suffix(&**last)
            .and_then(|rest| rest.strip_prefix(&*self.first))
        else {
            return false;
        };
        self.within.iter().all(|text| {
            let found = memmem::find(rest, text);
            if let Some(at) = found {
                rest = &rest[at + text.len()..];
            }
            found.is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use globset::Glob;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn how_a_path_ends_rules_globs_out() {
        let may = |glob: &str, end: &str| Wildcard::read(glob).expect("plain").may_end(end);
        for (glob, end) in [
            ("**/settings*.py", ".py"),
            ("*.py", ".test.py"),
            ("**/package.json", ".json"),
            ("*nginx*", ".py"),
            ("config/**", ".py"),
            ("**/Procfile", ""),
            ("a/{b.py,c.tf}", ".tf"),
        ] {
            assert!(may(glob, end), "{glob} {end}");
        }
        for (glob, end) in [
            ("**/settings*.py", ".pyi"),
            ("**/package.json", ".py"),
            ("a/{b.py,c.tf}", ".go"),
            ("**/Procfile", ".py"),
        ] {
            assert!(!may(glob, end), "{glob} {end}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_left() {
        for glob in [
            "a?",
            "a\\*",
            "{a,{b,c}}",
            "{a,}",
            "[a-c]",
            "[!a]",
            "a**b",
            "**",
            "{**/a,b}c",
            "a}",
            "{a",
            "[",
            "é",
            "a//**",
            &"{a,b}".repeat(40),
            &"[ab]".repeat(40),
            &"a/**/".repeat(40),
        ] {
            assert!(Wildcard::read(glob).is_none(), "{glob}");
        }
        for glob in [
            "**/*{log,[Ll]og}*.{yml,yaml}",
            "*nginx*",
            "**/{a,b*/**}",
            "load*/**/*.sh",
        ] {
            assert!(Wildcard::read(glob).is_some(), "{glob}");
        }
    }

    proptest! {
        /// What is read fits the paths that `globset` fits, and no others.
        #[test]
        fn fits_what_the_glob_fits(
            glob in "(\\*\\*/)?(a|b|\\*|/|\\.|\\{a,b\\*\\}|\\{\\*b,a/b\\}|\\[ab\\]|/\\*\\*/){0,6}(/\\*\\*)?",
            path in "([ab.]{1,3}/){0,3}[ab.]{1,4}",
        ) {
            let (Ok(known), Some(read)) = (Glob::new(&glob), Wildcard::read(&glob)) else { return Ok(()) };
            prop_assert_eq!(read.fits(&path), known.compile_matcher().is_match(&path), "{} in {}", glob, path);
            for (at, _) in path.char_indices() {
                prop_assert!(!read.fits(&path) || read.may_end(&path[at..]), "{} in {}", glob, path);
            }
        }
    }
}
