//! How sound a text is in its own notation, and where its imports stand: what somebody who changes files has to know of them.

use perfctl_core::place::ByteSpan;
use perfctl_core::seams::Never;

use crate::doc::{self, Format, docker, shell, sql};
use crate::lower::Language;
use crate::lower::guard::{self, Limits};
use crate::scanner::lowered;
use crate::threads::Threads;
use crate::tree::{Kind, NodeId, Tree};

/// What a text is like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Soundness {
    /// Places that its parser could not make sense of; a text that is refused as a whole has one more than it has lines.
    pub faults: usize,
    /// Runs of imports at its top level.
    pub imports: Vec<ByteSpan>,
    /// No parser here reads its notation, so nothing can be said of it.
    pub is_unread: bool,
}

/// Looks at `text` as the file `path`. Of shell scripts and makefiles is seen what is not closed or stands alone, of SQL which
/// statements no dialect takes; of notations without a parser nothing.
pub fn soundness(path: &str, text: &str) -> Soundness {
    let refused = || Soundness {
        faults: text.lines().count() + 1,
        ..Soundness::default()
    };
    let of_document = |faults: usize, is_refused: bool| match is_refused {
        true => refused(),
        false => Soundness {
            faults,
            ..Soundness::default()
        },
    };
    if let Some(language) = Language::from_path(path) {
        // Parsers recurse as deep as sources nest.
        let found = Threads::new(1).run(
            1,
            &Never,
            || (),
            |(), _, stack| {
                let limits = Limits {
                    bytes: text.len(),
                    ..Limits::on_stack(stack)
                };
                limits
                    .check(guard::read(text, path).as_bytes(), language)
                    .ok()?;
                let tree = lowered(text, path, language, false)?;
                Some(Soundness {
                    faults: tree.errors.len(),
                    imports: imports(&tree),
                    is_unread: false,
                })
            },
        );
        return found.into_iter().next().unwrap_or_else(refused);
    }
    if docker::is_dockerfile(path) {
        let file = docker::Dockerfile::parse(text.as_bytes());
        return of_document(file.problems().len(), file.is_refused());
    }
    if let Some(format) = Format::of_path(path) {
        let document = doc::read(format, text.as_bytes());
        return of_document(document.errors().len(), document.is_refused());
    }
    if path
        .rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case("sql"))
    {
        return of_document(sql::faults(text), false);
    }
    match shell::faults_of_file(path, text) {
        Some(faults) => of_document(faults, false),
        None => Soundness {
            is_unread: true,
            ..Soundness::default()
        },
    }
}

/// Imports at the top level, those that follow each other as one.
fn imports(tree: &Tree) -> Vec<ByteSpan> {
    let mut runs: Vec<ByteSpan> = Vec::new();
    let mut is_open = false;
    let mut at = NodeId(1);
    while (at.0 as usize) < tree.len() {
        let node = tree.node(at);
        if node.kind == Kind::Import {
            match runs.last_mut().filter(|_| is_open) {
                Some(run) => run.end = node.span.end,
                None => runs.push(node.span),
            }
        }
        is_open = node.kind == Kind::Import;
        at = node.end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_parsed_is_counted() {
        for (path, good, bad) in [
            ("a.py", "x = f(1)\n", "x = f(1\ny = = 2\n"),
            ("a.ts", "const x = f(1);\n", "const x = f(1;\n"),
            ("a.go", "package a\n", "package a\nfunc f( {\n"),
            ("a.yaml", "a: 1\n", "a: [1\n"),
            ("a.tf", "a = 1\n", "a = {\n"),
            ("Dockerfile", "FROM a\n", "FROM a\nRAN b\n"),
            ("a.sh", "a \\\n  -b\n", "a\n  -b\n"),
            ("Makefile", "a:\n\tb 'c'\n", "a:\n\tb 'c\n"),
            (
                "a.SQL",
                "SELECT a FROM b LIMIT 5;\nCREATE INDEX CONCURRENTLY i ON b (a);\n",
                "SELECT a FROM b LIMIT 5 LIMIT 5;\n",
            ),
        ] {
            assert_eq!(soundness(path, good).faults, 0, "{path}");
            assert!(soundness(path, bad).faults > 0, "{path}");
        }
        let unread = soundness("a.txt", "{");
        assert_eq!((unread.faults, unread.is_unread), (0, true));
    }

    #[test]
    fn imports_that_follow_each_other_are_one_run() {
        let text = "\"\"\"Doc.\"\"\"\nimport a\nfrom b import c\n\nx = 1\nimport d\n";
        let runs = soundness("a.py", text).imports;
        let told: Vec<&str> = runs.iter().map(|run| &text[run.range()]).collect();
        assert_eq!(told, ["import a\nfrom b import c", "import d"]);
    }
}
