//! Patterns over the dotted paths of libraries, and what most paths are told apart by: their first word.

use rustc_hash::FxHashMap;

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing is written.
    #[error("a pattern of paths is empty; write a path such as `requests.get`")]
    Empty,
    /// A `*` where none means anything.
    #[error(
        "`{0}` fits no path: `*` stands at the beginning (`*.execute`, all that ends so) or at the end (`requests.*`, one more word; `requests.**`, all that begins so), and only once"
    )]
    Star(String),
    /// A brace without its other half, or within others.
    #[error("`{0}` fits no path: a brace has no other half; write `requests.{{get,post}}`")]
    Brace(String),
}

/// A pattern over dotted paths: exact, or a prefix where it ends in `.*` (one more word) or `**` (anything).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PathPattern {
    /// The path itself.
    Exact(String),
    /// One more word.
    Below(String),
    /// Anything that begins so.
    Prefix(String),
    /// The last words of any path: `*.execute`.
    Suffix(String),
}

impl PathPattern {
    /// Reads a pattern, or several written as one: `requests.{get,post}`.
    ///
    /// # Errors
    /// When a part of it could not fit any path.
    pub fn read(text: &str) -> Result<Vec<Self>, PatternError> {
        let read = |one: String| {
            let middle = one.strip_suffix("**").or_else(|| one.strip_suffix(".*"));
            let middle = match one.as_str() {
                "" => return Err(PatternError::Empty),
                "*" | "**" => "",
                _ => middle.or(one.strip_prefix('*')).unwrap_or(&one),
            };
            match middle.chars().find(|sign| "*{}".contains(*sign)) {
                None => Ok(Self::new(&one)),
                Some('*') => Err(PatternError::Star(text.to_owned())),
                Some(_) => Err(PatternError::Brace(text.to_owned())),
            }
        };
        braces(text).into_iter().map(read).collect()
    }

    /// The pattern `text`, known to be one: it fits nothing if it is none.
    pub fn new(text: &str) -> Self {
        if text == "**" {
            return Self::Prefix(String::new());
        }
        if let Some(rest) = text.strip_prefix('*') {
            return Self::Suffix(rest.to_owned());
        }
        if let Some(base) = text.strip_suffix("**") {
            return Self::Prefix(base.to_owned());
        }
        match text.strip_suffix(".*") {
            Some(base) => Self::Below(base.to_owned()),
            None => Self::Exact(text.to_owned()),
        }
    }

    /// Whether `path` fits.
    pub fn fits(&self, path: &str) -> bool {
        match self {
            Self::Exact(text) => path == text,
            Self::Below(base) => path
                .strip_prefix(base.as_str())
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| !rest.contains('.')),
            Self::Prefix(text) => path.starts_with(text.as_str()),
            Self::Suffix(text) => path.ends_with(text.as_str()),
        }
    }

    /// What every path that fits begins with; empty where they begin differently.
    pub fn beginning(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Below(text) | Self::Prefix(text) => text,
            Self::Suffix(_) => "",
        }
    }

    /// What stands in the source of every file that imports a path that fits; `None` where nothing need.
    pub fn written(&self) -> Option<&str> {
        let first = match self {
            Self::Exact(text) | Self::Below(text) | Self::Prefix(text) => root(text),
            Self::Suffix(_) => "",
        };
        (!first.is_empty()).then_some(first)
    }

    /// Whether `name` of `module` fits, told without putting the two together where their beginnings already differ.
    pub fn fits_name(&self, module: &str, name: &str) -> bool {
        let begins = self.beginning().as_bytes();
        let shared = begins.len().min(module.len());
        begins[..shared] == module.as_bytes()[..shared] && self.fits(&format!("{module}.{name}"))
    }

    /// The first word of every path that fits; `None` where they begin differently, or with more than [`Self::beginning`] says.
    fn root(&self) -> Option<&str> {
        match self {
            Self::Exact(text) | Self::Below(text) => Some(root(text)),
            Self::Prefix(text) => text.split_once('.').map(|(root, _)| root),
            Self::Suffix(_) => None,
        }
    }
}

/// The longest pattern whose braces are spelled out, in bytes, and the most ways to spell one out. Braces multiply: thirty pairs of them
/// would be a billion texts. What is beyond stays as it is written, and with a brace in it fits nothing.
const LONGEST: usize = 4096;
const MOST_WAYS: usize = 1024;

/// How many ways there are to spell out the braces of a pattern; never fewer than there are.
fn ways(pattern: &str) -> usize {
    let groups = pattern.split('{').skip(1).map(|group| {
        let inner = group.split('}').next().unwrap_or_default();
        inner.matches(',').count() + 1
    });
    groups.fold(1_usize, usize::saturating_mul)
}

/// `a.{b,c}` as `a.b` and `a.c`.
pub fn braces(pattern: &str) -> Vec<String> {
    match pattern.len() > LONGEST || ways(pattern) > MOST_WAYS {
        true => vec![pattern.to_owned()],
        false => spelled(pattern),
    }
}

fn spelled(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find('{') else {
        return vec![pattern.to_owned()];
    };
    let Some(close) = pattern[open..].find('}').map(|at| at + open) else {
        return vec![pattern.to_owned()];
    };
    let rests = spelled(&pattern[close + 1..]);
    let mut all = Vec::new();
    for middle in pattern[open + 1..close].split(',') {
        for rest in &rests {
            all.push(format!("{}{}{rest}", &pattern[..open], middle.trim()));
        }
    }
    all
}

/// A path up to its first dot.
fn root(path: &str) -> &str {
    path.split_once('.').map_or(path, |(root, _)| root)
}

/// Lists of patterns by what the paths that they ask for begin with.
#[derive(Debug, Default)]
pub struct Roots {
    known: FxHashMap<String, Vec<u32>>,
    /// The beginnings of first words (`aws_cdk**`), each with its list, by their first byte.
    begun: FxHashMap<u8, Vec<(String, u32)>>,
    /// The lists that ask for paths whatever they begin with.
    any: Vec<u32>,
}

impl Roots {
    /// Those of lists of patterns; an empty list asks for every path.
    pub fn of<'a>(lists: impl IntoIterator<Item = &'a [PathPattern]>) -> Self {
        let mut all = Self::default();
        for (at, list) in lists.into_iter().enumerate() {
            let at = at as u32;
            let tells = |pattern: &PathPattern| !pattern.beginning().is_empty();
            if list.is_empty() || !list.iter().all(tells) {
                all.any.push(at);
                continue;
            }
            let mut roots: Vec<&str> = list.iter().filter_map(PathPattern::root).collect();
            roots.sort_unstable();
            roots.dedup();
            for root in roots {
                all.known.entry(root.to_owned()).or_default().push(at);
            }
            for pattern in list.iter().filter(|pattern| pattern.root().is_none()) {
                let begun = all.begun.entry(pattern.beginning().as_bytes()[0]);
                begun
                    .or_default()
                    .push((pattern.beginning().to_owned(), at));
            }
        }
        all
    }

    /// The positions of the lists with a pattern that may fit `path`, or what stands below it; some of them twice.
    pub fn fitting(&self, path: &str) -> impl Iterator<Item = usize> {
        let root = root(path);
        let known = self.known.get(root).map_or(&[][..], Vec::as_slice);
        let first = root.as_bytes().first();
        let begun = first
            .and_then(|first| self.begun.get(first))
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(move |(beginning, _)| root.starts_with(beginning.as_str()))
            .map(|(_, at)| at);
        known
            .iter()
            .chain(begun)
            .chain(&self.any)
            .map(|at| *at as usize)
    }

    /// Whether one of the patterns may fit `path`, or what stands below it.
    pub fn may_fit(&self, path: &str) -> bool {
        self.fitting(path).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Passing by a path because of its first word never hides a match.
        #[test]
        fn what_fits_has_a_known_root(
            patterns in prop::collection::vec("(\\*)?[ab](\\.[ab/]){0,2}(\\.\\*|\\*\\*|\\.\\*\\*)?", 0..4),
            path in "[ab](\\.[ab/]){0,3}",
        ) {
            let patterns: Vec<PathPattern> = patterns.iter().map(|text| PathPattern::new(text)).collect();
            let roots = Roots::of([patterns.as_slice()]);
            let fits = patterns.is_empty() || patterns.iter().any(|pattern| pattern.fits(&path));
            prop_assert!(!fits || roots.may_fit(&path));
        }
    }

    #[test]
    fn a_path_with_another_first_word_is_passed_by() {
        let patterns = ["requests.get", "httpx.**", "os"].map(PathPattern::new);
        let roots = Roots::of([&patterns[..]]);
        let told =
            ["requests.post", "httpx", "os.path", "re.match", ""].map(|path| roots.may_fit(path));
        assert_eq!(told, [true, true, true, false, false]);
        assert!(Roots::of([&[][..]]).may_fit("re"));
    }

    #[test]
    fn a_text_that_fits_no_path_is_no_pattern_and_says_what_to_write() {
        for fits in [
            "requests.get",
            "requests.*",
            "requests.**",
            "apollo-server**",
            "@nestjs/**",
            "*.execute",
            "*/prisma",
            "*",
            "**",
        ] {
            assert_eq!(PathPattern::read(fits), Ok(vec![PathPattern::new(fits)]));
        }
        assert_eq!(PathPattern::read("a.{b,c.*}").map(|all| all.len()), Ok(2));
        assert!(PathPattern::new("**").fits("any.path"));
        for none in [
            "a.**.b",
            "a.*.b",
            "*.a.*",
            "*.a.**",
            "**.a",
            "***",
            "a*",
            "a.***",
            "a.{b,*.c}",
        ] {
            let error = PathPattern::read(none).expect_err(none);
            assert_eq!(error, PatternError::Star(none.to_owned()));
            assert!(error.to_string().contains("`requests.**`"), "{error}");
        }
        for (none, error) in [
            ("", PatternError::Empty),
            ("{}", PatternError::Empty),
            ("a.{b", PatternError::Brace("a.{b".to_owned())),
            ("a.b}", PatternError::Brace("a.b}".to_owned())),
            ("{a,{b}}", PatternError::Brace("{a,{b}}".to_owned())),
        ] {
            assert_eq!(PathPattern::read(none), Err(error), "{none}");
        }
    }

    proptest! {
        /// What is read as a pattern fits some path.
        #[test]
        fn what_is_read_fits_something(text in "[a.*]{1,6}") {
            if let Ok(patterns) = PathPattern::read(&text) {
                for pattern in patterns {
                    let path = match &pattern {
                        PathPattern::Exact(path) => path.clone(),
                        PathPattern::Below(base) => format!("{base}.a"),
                        PathPattern::Prefix(base) => format!("{base}a"),
                        PathPattern::Suffix(end) => format!("a{end}"),
                    };
                    prop_assert!(pattern.fits(&path) && !path.contains('*'), "{pattern:?}");
                }
            }
        }
    }
}
