//! Commands in documents: a string that a shell is given, as `run:` of a workflow, and a list of words, as `args:` of a build step.

use perfctl_core::place::ByteSpan;

use super::{Command, Piece, Word, finish, split};
use crate::doc::mapped::Mapped;
use crate::doc::{DocKind, NodeRef, Origin, written};

/// The commands that `node`, of the document with that `text`, stands for: a string is a script, a list the words of one command. With a `program`
/// they are what it is given. Nothing for what stands elsewhere (a YAML alias) or is no text: places must be those of the words.
pub fn of_node(node: NodeRef<'_>, text: &str, program: Option<&str>) -> Vec<Command> {
    let start = node.span().start;
    match node.kind() {
        DocKind::List => {
            let mut pieces: Vec<Piece> = Vec::new();
            pieces.extend(program.map(|program| {
                let here = ByteSpan::new(start, start);
                piece(Mapped::at_place(program, start as usize), here)
            }));
            for item in node.entries() {
                // An item that is no text may be any word.
                let words = scalar(item, text);
                let words =
                    words.unwrap_or_else(|| Mapped::at_place("${}", item.span().start as usize));
                pieces.push(piece(words, item.span()));
            }
            let mut commands = Vec::new();
            finish(pieces, super::Link::Sequence, false, 0, true, &mut commands);
            commands
        }
        DocKind::Scalar(_) | DocKind::Unknown => {
            let Some(script) = scalar(node, text) else {
                return Vec::new();
            };
            let mut all = Mapped::default();
            if let Some(program) = program {
                all.push_at(&format!("{program} "), start as usize);
            }
            let length = script.text().len();
            all.push_from(&script, 0..length);
            split(&all, true)
        }
        DocKind::Map | DocKind::Null => Vec::new(),
    }
}

/// A word that the platform may fill in: `$PROJECT_ID`, `${{ inputs.region }}`.
fn piece(mapped: Mapped, span: ByteSpan) -> Piece {
    let text = mapped.text().to_owned();
    let is_dynamic = text.contains('$') || text.contains("{{");
    let word = Word {
        text,
        span,
        is_quoted: true,
        is_dynamic,
    };
    Piece { word, mapped }
}

fn scalar(node: NodeRef<'_>, text: &str) -> Option<Mapped> {
    let is_text = match node.kind() {
        DocKind::Scalar(_) => true,
        // A string with holes; not a list behind a tag, and not an expression.
        DocKind::Unknown => node.entries().next().is_none(),
        DocKind::Map | DocKind::List | DocKind::Null => false,
    };
    if !is_text || node.origin() == Origin::Alias {
        return None;
    }
    written::text(text, node.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Format, read};

    /// The commands at `path`, each word with the bytes that it stands on.
    fn words(format: Format, text: &str, path: &str, program: Option<&str>) -> Vec<String> {
        let document = read(format, text.as_bytes());
        let root = document.root().expect("a document");
        let node = root.get(path).expect("it is there");
        let mut lines = Vec::new();
        for command in of_node(node, text, program) {
            let shown = command.args.iter().map(|word| {
                let mark = if word.is_dynamic { "?" } else { "" };
                let bytes = &text[word.span.range()];
                match bytes == word.text {
                    true => format!("{mark}{}", word.text),
                    false => format!("{mark}{} [{bytes}]", word.text),
                }
            });
            let args: Vec<String> = shown.collect();
            lines.push(format!("{}: {}", command.name(), args.join(", ")));
        }
        lines
    }

    #[test]
    fn a_block_of_yaml_is_a_script() {
        let text = "steps:\n  - run: |  # deploys\n      set -e\n      gcloud run deploy api \\\n        --memory=512Mi --region ${{ inputs.region }}\n\n      echo done\n  - run: >-\n      npm ci\n      --omit=dev\n";
        assert_eq!(
            words(Format::Yaml, text, "steps[0].run", None),
            [
                "set: -e",
                "gcloud: run, deploy, api, --memory=512Mi, --region, ?${{ inputs.region }}",
                "echo: done"
            ]
        );
        assert_eq!(
            words(Format::Yaml, text, "steps[1].run", None),
            ["npm: ci, --omit=dev"]
        );
    }

    #[test]
    fn strings_are_read_in_every_notation() {
        for (format, text) in [
            (Format::Yaml, "run: gcloud run deploy \"a b\""),
            (Format::Yaml, "run: \"gcloud run deploy \\\"a b\\\"\""),
            (Format::Yaml, "run: 'gcloud run deploy \"a b\"'"),
            (Format::Yaml, "run: gcloud run\n  deploy \"a b\""),
            (Format::Json, "{\"run\": \"gcloud run deploy 'a b'\"}"),
            (
                Format::Toml,
                "run = \"\"\"\ngcloud run \\\n  deploy 'a b'\"\"\"",
            ),
            (Format::Toml, "run = 'gcloud run deploy \"a b\"'"),
            (Format::Hcl, "run = \"gcloud run deploy 'a b'\""),
            (
                Format::Hcl,
                "run = <<-EOT\n  gcloud run deploy 'a b'\n  EOT\n",
            ),
        ] {
            let found = words(format, text, "run", None);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let plain = found[0].split(" [").next().unwrap_or_default();
            assert_eq!(plain, "gcloud: run, deploy, a b", "{text}");
        }
    }

    #[test]
    fn a_list_is_the_words_of_one_command() {
        let text = "args:\n  - run\n  - deploy\n  - '--memory=$_MEMORY'\n  - \"api\"\nsh: [\"-c\", \"npm ci && gcloud run deploy\"]\n";
        assert_eq!(
            words(Format::Yaml, text, "args", Some("gcloud")),
            ["gcloud: run, deploy, ?--memory=$_MEMORY ['--memory=$_MEMORY'], api [\"api\"]"]
        );
        let shell = words(Format::Yaml, text, "sh", Some("bash"));
        assert_eq!(shell[1..], ["npm: ci", "gcloud: run, deploy"]);
        assert_eq!(
            words(
                Format::Yaml,
                "command: run deploy",
                "command",
                Some("gcloud")
            ),
            ["gcloud: run, deploy"]
        );
    }

    #[test]
    fn what_is_no_text_is_no_script() {
        let text = "a: &x npm ci\nb: *x\nc: {d: e}\nd: [{e: f}, g]\ne: !Sub\n";
        for path in ["b", "c", "e"] {
            assert_eq!(
                words(Format::Yaml, text, path, None),
                [] as [&str; 0],
                "{path}"
            );
        }
        assert_eq!(
            words(Format::Yaml, text, "d", Some("x")),
            ["x: ?${} [{e: f}], g"]
        );
        assert_eq!(
            words(Format::Hcl, "run = var.command\n", "run", None),
            [] as [&str; 0]
        );
    }
}
