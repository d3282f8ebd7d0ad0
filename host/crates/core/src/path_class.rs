//! What kind of file a path is: tests, migrations and scripts are judged by other standards than the service.

use std::fmt;

/// The kind of a file, by its path alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathClass {
    /// Part of the service.
    #[default]
    Source,
    /// Tests, fixtures, benchmarks.
    Test,
    /// Database migrations.
    Migration,
    /// Seeds, scripts, tools, management commands: run by hand.
    Script,
    /// Examples, documentation, samples.
    Example,
    /// Written by a program, or minified.
    Generated,
    /// Other people's code kept in the repository.
    Vendored,
}

impl PathClass {
    /// The word rules use.
    pub fn word(self) -> &'static str {
        match self {
            PathClass::Source => "source",
            PathClass::Test => "test",
            PathClass::Migration => "migration",
            PathClass::Script => "script",
            PathClass::Example => "example",
            PathClass::Generated => "generated",
            PathClass::Vendored => "vendored",
        }
    }

    /// The kind that rules call `word`.
    pub fn from_word(word: &str) -> Option<PathClass> {
        let all = [
            PathClass::Source,
            PathClass::Test,
            PathClass::Migration,
            PathClass::Script,
            PathClass::Example,
            PathClass::Generated,
            PathClass::Vendored,
        ];
        all.into_iter().find(|class| class.word() == word)
    }

    /// The kind of the file at `path` (from the root, forward slashes).
    pub fn of(path: &str) -> PathClass {
        let lower = path.to_ascii_lowercase();
        let (dirs, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
        let dir = |names: &[&str]| dirs.split('/').any(|part| names.contains(&part));
        let stem = file.split('.').next().unwrap_or(file);
        if dir(&[
            "node_modules",
            "vendor",
            "vendored",
            "third_party",
            "third-party",
            "site-packages",
            "bower_components",
            ".venv",
            "venv",
            ".yarn",
        ]) {
            return PathClass::Vendored;
        }
        if file.contains(".min.")
            || file.contains(".generated.")
            || file.contains("_pb2")
            || file.ends_with(".pb.go")
            || file.ends_with(".bundle.js")
            || dir(&["generated", "__generated__", "dist", ".next"])
        {
            return PathClass::Generated;
        }
        if dir(&[
            "test",
            "tests",
            "__tests__",
            "testing",
            "testdata",
            "spec",
            "specs",
            "fixtures",
            "fixture",
            "e2e",
            "cypress",
            "__mocks__",
            "mocks",
            "benchmarks",
            "loadtest",
            "playwright",
            "test-utils",
            "test_utils",
        ]) || stem.starts_with("test_")
            || stem.ends_with("_test")
            || stem == "conftest"
            || stem == "tests"
            || file.contains(".test.")
            || file.contains(".spec.")
            || file.contains(".stories.")
        {
            return PathClass::Test;
        }
        if dir(&["migrations", "migration", "alembic", "versions_sql"]) {
            return PathClass::Migration;
        }
        // Deeper down, tools are what an agent or an application offers. Hidden folders are for the machines that build and test.
        let first = dirs.split('/').next().unwrap_or_default();
        if matches!(first, "tools" | "dev" | "ci")
            || first.starts_with('.')
            // Django's commands; what is only called management is an API as often.
            || format!("/{dirs}/").contains("/management/commands/")
            || dir(&[
                "scripts",
                "script",
                "bin",
                "hack",
                "seeds",
                "seed",
                "seeders",
                "devtools",
                "utils_scripts",
            ])
            || stem.starts_with("seed")
            || stem.ends_with("_seed")
            || stem.ends_with("-seed")
            || stem == "seeder"
            || stem == "manage"
            || stem == "setup"
        {
            return PathClass::Script;
        }
        if dir(&[
            "examples", "example", "samples", "sample", "docs", "doc", "demo", "demos", "docs_src",
        ]) || dirs.split('/').any(is_named_for_examples)
        {
            return PathClass::Example;
        }
        PathClass::Source
    }
}

/// Whether a folder is named for examples among other words: `push-examples`, `client_samples`. One that is an example itself
/// (`realworld-example`) holds the service that it shows.
fn is_named_for_examples(folder: &str) -> bool {
    let words = folder.rsplit_once(|letter: char| !letter.is_ascii_alphabetic());
    words.is_some_and(|(_, last)| matches!(last, "examples" | "samples"))
}

/// How many bytes of `path` the user named, with the slash, by the innermost of the directories in `named`. What its words say of
/// the file's purpose comes after: whoever asks for `tests/service` does not want to hear that it is a test.
pub fn named_of(named: &[String], path: &str) -> usize {
    let below = named.iter().filter_map(|named| {
        let rest = path.strip_prefix(named.as_str())?.strip_prefix('/')?;
        Some(path.len() - rest.len())
    });
    below.max().unwrap_or(0)
}

impl fmt::Display for PathClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_what_kind_of_file_it_is() {
        for (path, class) in [
            ("app/api/orders.py", PathClass::Source),
            ("app/tests/test_orders.py", PathClass::Test),
            ("src/orders.spec.ts", PathClass::Test),
            ("pkg/store/store_test.go", PathClass::Test),
            ("shop/migrations/0001_initial.py", PathClass::Migration),
            ("scripts/backfill.py", PathClass::Script),
            ("shop/management/commands/export.py", PathClass::Script),
            ("shop/management/views.py", PathClass::Source),
            ("src/test-utils/setup.ts", PathClass::Test),
            ("backend/seeder.js", PathClass::Script),
            ("tools/release.py", PathClass::Script),
            ("dev/code-generation/locales.py", PathClass::Script),
            (".github/scripts/release.py", PathClass::Script),
            ("app/dev/orders.py", PathClass::Source),
            ("app/agents/tools/search.py", PathClass::Source),
            ("docs/example.py", PathClass::Example),
            ("extra/push-examples/send.py", PathClass::Example),
            ("client_samples/go/main.go", PathClass::Example),
            ("realworld-example/api/orders.py", PathClass::Source),
            ("app/resamples/orders.py", PathClass::Source),
            ("app/examples-store/orders.py", PathClass::Source),
            ("api/shop_pb2_grpc.py", PathClass::Generated),
            ("web/node_modules/x/index.js", PathClass::Vendored),
            ("contest/latest.py", PathClass::Source),
        ] {
            assert_eq!(PathClass::of(path), class, "{path}");
        }
    }
}
