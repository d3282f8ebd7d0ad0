//! Which files a matcher looks at, by globs over their paths.
//!
//! Most globs say no more than how a name ends (`*.py`, `**/*.{yml,yaml}`), and most others consist of texts with gaps. Those are held
//! against a path as they are; a set of globs is compiled for what is left alone, and when it is first asked: a run knows hundreds of
//! globs, and a repository few kinds of file.

use std::sync::OnceLock;

use globset::{Glob, GlobSet};

use super::wildcard::Wildcard;
use crate::repo::facts::braces;

/// The longest glob, in bytes, and how deep its braces may stand in each other: reading one goes as deep as they do.
const LONGEST: usize = 4096;
const DEEPEST: usize = 8;

/// Whether a glob of somebody else's can be read without harm.
pub fn is_sane(glob: &str) -> bool {
    let mut depth = 0_usize;
    glob.len() <= LONGEST
        && glob.bytes().all(|byte| {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth <= DEEPEST
        })
}

/// The globs of one matcher.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// How a path may end, each with its dot.
    endings: Vec<Box<str>>,
    /// What is more than an ending.
    others: Vec<Glob>,
    compiled: OnceLock<Globs>,
}

/// Globs that are held against paths together.
#[derive(Clone, Debug, Default)]
pub(super) struct Globs {
    /// Those that are texts with gaps, each with its place in the list.
    wildcards: Vec<(usize, Wildcard)>,
    /// The others, and their places.
    set: GlobSet,
    places: Vec<usize>,
}

impl Files {
    /// The files that any of `globs` names.
    pub fn new(globs: impl IntoIterator<Item = Glob>) -> Self {
        let mut files = Self::default();
        for glob in globs {
            match endings(glob.glob()) {
                Some(endings) => files.endings.extend(endings),
                None => files.others.push(glob),
            }
        }
        files
    }

    /// The same, for globs of which nobody knows whether they can be compiled.
    ///
    /// # Errors
    /// When they cannot.
    pub fn checked(globs: impl IntoIterator<Item = Glob>) -> Result<Self, globset::Error> {
        let files = Self::new(globs);
        let compiled = Globs::read(&files.others)?;
        Ok(Self {
            compiled: OnceLock::from(compiled),
            ..files
        })
    }

    /// Whether one of the globs fits `path`.
    pub fn is_match(&self, path: &str) -> bool {
        self.fits_ending(path)
            || !self.others.is_empty()
                && self
                    .compiled
                    .get_or_init(|| Globs::new(&self.others))
                    .fits(path)
    }

    /// Whether `path`, or the end of a path from the first dot of its last name, ends as one of the globs says.
    pub(super) fn fits_ending(&self, path: &str) -> bool {
        self.endings.iter().any(|ending| path.ends_with(&**ending))
    }

    /// The globs that say more than an ending.
    pub(super) fn others(&self) -> &[Glob] {
        &self.others
    }
}

impl Globs {
    /// Those of a list.
    pub(super) fn new<'a>(list: impl IntoIterator<Item = &'a Glob>) -> Self {
        Self::read(list)
            .inspect_err(|error| tracing::error!(%error, "globs that fit no file"))
            .unwrap_or_default()
    }

    /// The same, unless they cannot be compiled.
    fn read<'a>(list: impl IntoIterator<Item = &'a Glob>) -> Result<Self, globset::Error> {
        let (mut all, mut others) = (Self::default(), Vec::new());
        for (at, glob) in list.into_iter().enumerate() {
            match Wildcard::read(glob.glob()) {
                Some(wildcard) => all.wildcards.push((at, wildcard)),
                None => {
                    others.push(glob);
                    all.places.push(at);
                }
            }
        }
        if !others.is_empty() {
            all.set = GlobSet::new(others)?;
        }
        Ok(all)
    }

    /// Whether one of them fits `path`.
    fn fits(&self, path: &str) -> bool {
        self.wildcards.iter().any(|(_, one)| one.fits(path))
            || !self.places.is_empty() && self.set.is_match(path)
    }

    /// The places of those that fit `path`.
    pub(super) fn fitting(&self, path: &str) -> Vec<usize> {
        let wildcards = self.wildcards.iter().filter(|(_, one)| one.fits(path));
        let mut found: Vec<usize> = wildcards.map(|(at, _)| *at).collect();
        if !self.places.is_empty() {
            found.extend(self.set.matches(path).iter().map(|at| self.places[*at]));
        }
        found
    }
}

/// The endings that a glob asks for, if it asks for nothing else.
fn endings(glob: &str) -> Option<Vec<Box<str>>> {
    let ending = glob.strip_prefix("**/").unwrap_or(glob).strip_prefix('*')?;
    // What is spelled out below is without blanks, which are letters to a glob.
    if ending.contains(char::is_whitespace) {
        return None;
    }
    let plain = |ending: String| {
        let is_plain = ending.starts_with('.')
            && ending.len() > 1
            && !ending.contains(['*', '?', '[', ']', '{', '}', '\\', '/', '!']);
        is_plain.then(|| ending.into_boxed_str())
    };
    match ending.contains("\\") {
        true => None,
        false => braces(ending).into_iter().map(plain).collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn globs(texts: &[&str]) -> Vec<Glob> {
        let globs = texts.iter().map(|text| Glob::new(text));
        globs.collect::<Result<_, _>>().expect("globs")
    }

    #[test]
    fn only_what_is_no_ending_is_compiled() {
        let files = Files::new(globs(&[
            "*.py",
            "**/*.{yml,d.ts}",
            "*compose*.yml",
            "**/Procfile",
            "src/*.go",
            "*.[ch]",
            "*.{a*,b}",
        ]));
        let endings: Vec<&str> = files.endings.iter().map(|ending| &**ending).collect();
        assert_eq!(endings, [".py", ".yml", ".d.ts"]);
        assert_eq!(files.others.len(), 5);
        assert!(files.is_match("deep/in/x.py") && files.is_match(".yml"));
        assert!(files.is_match("a/Procfile") && files.is_match("x.c"));
        assert!(!files.is_match("xpy") && !files.is_match("a.ts"));
    }

    proptest! {
        /// An ending is held against a path as the glob would be.
        #[test]
        fn endings_say_what_their_globs_say(
            glob in "(\\*\\*/)?\\*(\\.[ab]{1,2}|\\.\\{[ab]{1,2}(,[ab.]{1,3}){0,2}\\}|[ab]\\.b){1,2}",
            path in "([ab.]{1,3}/){0,2}[ab.]{1,6}",
        ) {
            let Ok(glob) = Glob::new(&glob) else { return Ok(()) };
            let expected = glob.compile_matcher().is_match(&path);
            prop_assert_eq!(Files::new([glob.clone()]).is_match(&path), expected, "{} in {}", glob.glob(), path);
        }
    }
}
