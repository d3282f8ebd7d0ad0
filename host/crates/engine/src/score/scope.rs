//! Which files somebody read: those below the roots that are named, tests apart.

use globset::{GlobBuilder, GlobMatcher};

/// Directories that hold tests and what they need.
const TEST_DIRECTORIES: [&str; 9] = [
    "test",
    "tests",
    "__tests__",
    "spec",
    "testdata",
    "fixture",
    "fixtures",
    "e2e",
    "cypress",
];

/// The roots of a repository that were read.
#[derive(Clone, Debug)]
pub struct Scope {
    roots: Vec<(String, Vec<GlobMatcher>)>,
}

impl Scope {
    /// Files and directories, each also as a glob in which `*` takes in slashes.
    ///
    /// # Errors
    /// A root that is no glob, with why.
    pub fn of(roots: &[String]) -> Result<Self, String> {
        let glob = |pattern: &str| {
            // Braces are letters in the patterns of a shell's `case`, by which these are read.
            let pattern = pattern.replace('{', "[{]").replace('}', "[}]");
            let mut builder = GlobBuilder::new(&pattern);
            let built = builder.literal_separator(false).backslash_escape(false);
            let built = built.build().map_err(|error| {
                format!(
                    "`scope_roots` holds `{pattern}`, which is no glob: {}",
                    error.kind()
                )
            });
            built.map(|glob| glob.compile_matcher())
        };
        let read = |root: &String| {
            let globs = vec![glob(root)?, glob(&format!("{root}/*"))?];
            Ok((root.clone(), globs))
        };
        let roots = roots.iter().map(read).collect::<Result<_, String>>()?;
        Ok(Self { roots })
    }

    /// Whether the file at `path` was read.
    pub fn holds(&self, path: &str) -> bool {
        self.roots.iter().any(|(root, globs)| {
            let below = path.strip_prefix(root.as_str());
            root == "*"
                || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                || globs.iter().any(|glob| glob.is_match(path))
        })
    }
}

/// Whether labellers took the file at `path` for a test, and did not read it.
pub(super) fn is_test(path: &str) -> bool {
    if path.split('/').any(|part| TEST_DIRECTORIES.contains(&part)) {
        return true;
    }
    let Some((stem, extension)) = path.rsplit_once('.') else {
        return false;
    };
    if extension.is_empty() || !extension.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return false;
    }
    let name = stem.rsplit('/').next().unwrap_or(stem);
    name.starts_with("test_")
        || name.ends_with("_test")
        || name == "conftest"
        || stem.ends_with(".test")
        || stem.ends_with(".spec")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_a_file_a_directory_or_a_glob() {
        let scope = |roots: &[&str]| {
            let roots: Vec<String> = roots.iter().map(|root| (*root).to_owned()).collect();
            Scope::of(&roots).expect("globs")
        };
        let read = scope(&["api", "Dockerfile", "cdk/*.ts", "a{b}"]);
        for held in ["api/a/b.py", "Dockerfile", "cdk/lib/x.ts", "a{b}/x"] {
            assert!(read.holds(held), "{held}");
        }
        for other in ["apis/a.py", "x/Dockerfile", "cdk/x.js", "ab/x"] {
            assert!(!read.holds(other), "{other}");
        }
        assert!(scope(&["*"]).holds("any/where"));
        assert!(Scope::of(&["a[".to_owned()]).is_err());
    }

    #[test]
    fn tests_are_told_by_their_names() {
        for test in [
            "tests/a.py",
            "a/spec/b.rb",
            "a/test_b.py",
            "a/b_test.go",
            "conftest.py",
            "a/b.test.ts",
            "a/b.spec.tsx",
            "a/fixtures",
        ] {
            assert!(is_test(test), "{test}");
        }
        for code in [
            "a/testing/b.py",
            "latest.py",
            "a/contest.py",
            "a/b.tests.ts",
            "test_a/b.py",
        ] {
            assert!(!is_test(code), "{code}");
        }
    }
}
