//! Where the comments of a file are: by the parser for code, by the language's signs for everything else.

use perfctl_core::place::ByteSpan;
use perfctl_scan::doc::docker::{self, Dockerfile};
use perfctl_scan::lower::{self, Language};

use super::lexical::{self, C, HASH};

/// The comments of the file at `path`, in order, their signs included. `text` is as long as the file.
pub(super) fn spans(path: &str, text: &str) -> Vec<ByteSpan> {
    if docker::is_dockerfile(path) {
        return in_dockerfile(text);
    }
    let Some(language) = Language::from_path(path) else {
        return lexical::spans(text, lexical::signs_of(path), |_| true);
    };
    // What is refused is not judged either, but its marks shall say so as missing.
    let read = lower::guard::read(text, path);
    if lower::guard::check(read.as_bytes(), language).is_err() {
        let signs = if language == Language::Python {
            HASH
        } else {
            C
        };
        return lexical::spans(text, signs, |_| true);
    }
    let tree = match language {
        Language::Python => lower::python::lower(text, true),
        Language::JavaScript | Language::TypeScript => lower::javascript::lower(text, path, true),
        Language::Go => lower::go::lower(text, true),
    };
    let mut all = tree.comments;
    if lower::javascript::is_component(path) {
        all.extend(lexical::spans(text, lexical::signs_of(path), |_| true));
        all.sort_unstable_by_key(|span| (span.start, span.end));
        all.dedup();
    }
    all
}

/// In a Dockerfile a comment is a line of its own, but for what the shell of a RUN reads as one.
fn in_dockerfile(text: &str) -> Vec<ByteSpan> {
    let dockerfile = Dockerfile::parse(text.as_bytes());
    let stages = dockerfile.stages().iter();
    let shell: Vec<ByteSpan> = stages
        .flat_map(|stage| &stage.instructions)
        .filter(|instruction| instruction.keyword == "RUN" && !instruction.is_exec)
        .map(|instruction| instruction.span)
        .collect();
    lexical::spans(text, HASH, |at| {
        shell.iter().any(|span| span.start <= at && at < span.end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> Vec<String> {
        spans(path, text)
            .iter()
            .map(|span| text[span.range()].to_owned())
            .collect()
    }

    #[test]
    fn code_has_the_comments_that_its_parser_sees() {
        assert_eq!(
            texts("a.py", "x = '# no'  # yes\n\"\"\"# no\"\"\"\n"),
            ["# yes"]
        );
        assert_eq!(
            texts("a.ts", "f('// no', /* yes */ `// no`) // too\n"),
            ["/* yes */", "// too"]
        );
        assert_eq!(
            texts(
                "A.vue",
                "<!-- yes -->\n<script>\nf('// no') // too\n/* and */\n</script>\n<p>// no</p>\n"
            ),
            ["<!-- yes -->", "// too", "/* and */"]
        );
        assert_eq!(
            texts("a.jsx", "const a = <p>{/* yes */}</p>;\n"),
            ["/* yes */"]
        );
        assert_eq!(
            texts("a.go", "package a\n\nvar x = \"// no\" // yes\n"),
            ["// yes"]
        );
    }

    #[test]
    fn broken_code_keeps_its_comments() {
        assert_eq!(
            texts("a.py", "def f(:\n    pass\nx = 1  # yes\n"),
            ["# yes"]
        );
        assert_eq!(
            texts(
                "a.js",
                "function (  {{ \nlet x = ; // yes\nlet y = 1 // too\n"
            )
            .last()
            .map(String::as_str),
            Some("// too")
        );
        assert_eq!(
            texts("a.go", "package a\nfunc (\nvar x = 1 // yes\n")
                .last()
                .map(String::as_str),
            Some("// yes")
        );
    }

    #[test]
    fn a_dockerfile_has_comment_lines_and_those_of_its_shell() {
        let text = "# one\nFROM a # no\nCOPY . . # no\nRUN a && \\\n    # two\n    b # three\nRUN [\"a\", \"# no\"]\n";
        assert_eq!(texts("Dockerfile", text), ["# one", "# two", "# three"]);
    }
}
