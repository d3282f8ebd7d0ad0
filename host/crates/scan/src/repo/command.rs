//! Files that a person runs by hand: they begin with an interpreter's line or read a command line, and nothing imports
//! them. What serves or never ends by itself is a service all the same.

use std::collections::BTreeSet;

use super::modules::Target;
use super::{CodeFile, FileId, Repo};
use perfctl_core::path_class::PathClass;

/// The files of `repo` that are commands.
pub fn commands(repo: &Repo) -> BTreeSet<FileId> {
    let mut found: BTreeSet<FileId> = repo
        .ids()
        .filter(|id| {
            let code = repo.file(*id);
            code.class == PathClass::Source
                && (code.index.has_interpreter || imports(repo, code, "command"))
                && code.index.endless.is_empty()
                && !imports(repo, code, "serves")
        })
        .collect();
    if found.is_empty() {
        return found;
    }
    for id in repo.ids() {
        let code = repo.file(id);
        for import in &code.index.imports {
            let find = |module: &str| {
                repo.modules
                    .find(module, &code.path, code.language, &repo.facts)
            };
            let module = code.text(import.module);
            if let Some(Target::File(to)) = find(module) {
                found.remove(&to);
            }
            // `from package import module`.
            let joint = if module.ends_with('.') { "" } else { "." };
            for name in import
                .names
                .iter()
                .filter(|_| !code.language.is_javascript())
            {
                if let Some(Target::File(to)) =
                    find(&format!("{module}{joint}{}", code.text(*name)))
                {
                    found.remove(&to);
                }
            }
        }
    }
    found
}

/// Whether a file imports a module whose facts hold `key`.
fn imports(repo: &Repo, code: &CodeFile, key: &str) -> bool {
    code.index.imports.iter().any(|import| {
        let module = code.text(import.module);
        let module = module.strip_prefix("node:").unwrap_or(module);
        let has = |path: &str| {
            repo.facts
                .get(path)
                .is_some_and(|fact| fact.get(key).is_some())
        };
        has(module) || module.split_once('.').is_some_and(|(root, _)| has(root))
    })
}

#[cfg(test)]
mod tests {
    use perfctl_core::scale::Reach;

    use crate::repo::scratch::Scratch;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[[fact]]
paths = ["argparse", "readline"]
command = "true"
[[fact]]
paths = ["fastapi"]
serves = "true"
[[fact]]
paths = ["click.command"]
role = "script"
"#;

    #[test]
    fn what_nothing_imports_and_a_person_starts_is_a_command() {
        let scratch = Scratch::new(
            FACTS,
            &[
                ("login.py", "#!/usr/bin/env python3\nprint(1)\n"),
                ("delete.js", "const readline = require('node:readline')\n"),
                ("shared.py", "#!/usr/bin/env python3\nX = 1\n"),
                ("user.py", "from shared import X\n"),
                ("serve.py", "#!/usr/bin/env python3\nimport fastapi\n"),
                ("daemon.py", "import argparse\nwhile True:\n    work()\n"),
                ("plain.py", "print(1)\n"),
            ],
        );
        let view = &scratch.survey.view;
        let reach = |path: &str| {
            view.graph
                .reach(view.graph.top(view.repo.find(path).expect("scanned")))
        };
        for (path, expected) in [
            ("login.py", Reach::Script),
            ("delete.js", Reach::Script),
            ("shared.py", Reach::Startup),
            ("serve.py", Reach::Startup),
            ("daemon.py", Reach::Startup),
            ("plain.py", Reach::Startup),
        ] {
            assert_eq!(reach(path), expected, "{path}");
        }
    }

    #[test]
    fn an_endless_loop_makes_a_service_of_the_command_that_it_stands_in() {
        let scratch = Scratch::new(
            FACTS,
            &[
                (
                    "cli.py",
                    "import click\n@click.command()\ndef load():\n    read()\n\
                     @click.command()\ndef consume():\n    def each():\n        while True:\n            read()\n    each()\n",
                ),
                (
                    "worker.py",
                    "import click\n@click.command()\ndef start():\n    run()\ndef run():\n    while True:\n        read()\n",
                ),
            ],
        );
        let view = &scratch.survey.view;
        let reach = |path: &str, name: &str| {
            let file = view.repo.find(path).expect("scanned");
            let at = view.repo.file(file).index.functions_by_name[name];
            view.graph.reach(view.graph.id(file, at))
        };
        assert_eq!(reach("cli.py", "load"), Reach::Script);
        assert_ne!(reach("cli.py", "consume"), Reach::Script);
        assert_ne!(reach("worker.py", "start"), Reach::Script);
    }
}
