//! Globs of what is left out, each over paths from where it was written. Knows neither files nor git.

use globset::GlobSet;

/// What is left out of a scan. `*` also matches `/`, as in the globs of rules.
#[derive(Clone, Debug, Default)]
pub struct Excluded {
    here: GlobSet,
    around: Option<Around>,
}

/// Globs of a repository of which one directory is scanned as if it were all.
#[derive(Clone, Debug)]
struct Around {
    /// From the repository's root, with a slash at its end.
    directory: String,
    globs: GlobSet,
}

impl Excluded {
    /// Also leaves out what `globs` match in paths from the root of a repository, `directory` of which is scanned.
    #[must_use]
    pub fn seen_from(mut self, directory: &str, globs: GlobSet) -> Self {
        self.around = Some(Around {
            directory: format!("{}/", directory.trim_end_matches('/')),
            globs,
        });
        self
    }

    /// Whether the file at `path`, from the scanned root, is left out.
    pub fn holds(&self, path: &str) -> bool {
        self.here.is_match(path)
            || self
                .around
                .as_ref()
                .is_some_and(|around| around.globs.is_match(format!("{}{path}", around.directory)))
    }
}

impl From<GlobSet> for Excluded {
    /// Leaves out what `here` matches in paths from the scanned root.
    fn from(here: GlobSet) -> Self {
        Self { here, around: None }
    }
}

#[cfg(test)]
mod tests {
    use globset::Glob;

    use super::*;

    fn left_out(glob: &str, path: &str) -> bool {
        let globs = GlobSet::new([Glob::new(glob).expect("a glob")]).expect("a set");
        Excluded::default()
            .seen_from("services/shop", globs)
            .holds(path)
    }

    #[test]
    fn globs_of_the_repository_around_are_held_against_the_whole_path() {
        let out = [
            ("services/shop/gen/**", "gen/a.py"),
            ("services/*/gen/**", "gen/a.py"),
            ("services/**", "main.py"),
            ("**/migrations/**", "migrations/0001.py"),
            ("services/**/gen/**", "gen/deep/a.py"),
            ("*_gen.py", "deep/a_gen.py"),
            ("{services,web}/shop/{a,b}.py", "b.py"),
            ("*shop/m*", "main.py"),
        ];
        for (glob, path) in out {
            assert!(left_out(glob, path), "{glob} {path}");
        }
        let kept = [
            ("services/mail/**", "main.py"),
            ("gen/**", "gen/a.py"),
            ("web/**", "web/a.py"),
        ];
        for (glob, path) in kept {
            assert!(!left_out(glob, path), "{glob} {path}");
        }
    }
}
