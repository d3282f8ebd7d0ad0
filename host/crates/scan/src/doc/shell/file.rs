//! Commands in files that are scripts as a whole: shell scripts, and the recipes of makefiles.

use super::{Command, is_shell, split};
use crate::doc::mapped::Mapped;

/// The commands in the file at `path` with that `text`; `None` when it is neither a shell script nor a makefile.
pub fn of_file(path: &str, text: &str) -> Option<Vec<Command>> {
    let scripts = scripts(path, text)?;
    let commands = scripts.iter().flat_map(|script| split(script, true));
    Some(commands.collect())
}

/// The scripts in the file at `path` with that `text`; `None` when it is neither a shell script nor a makefile.
pub(super) fn scripts(path: &str, text: &str) -> Option<Vec<Mapped>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if is_makefile(path) {
        return Some(recipes(text));
    }
    is_script(name, text).then(|| vec![Mapped::new(text, 0)])
}

pub(super) fn is_makefile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "Makefile" | "makefile" | "GNUmakefile") || name.ends_with(".mk")
}

fn is_script(name: &str, text: &str) -> bool {
    if let Some((_, "sh" | "bash" | "zsh" | "ksh" | "dash" | "ash")) = name.rsplit_once('.') {
        return true;
    }
    let first = text.lines().next().unwrap_or_default();
    let Some(interpreter) = first.strip_prefix("#!") else {
        return false;
    };
    let mut words = interpreter.split_whitespace();
    match words.next() {
        Some(program) if program.ends_with("/env") => words
            .find(|word| !word.starts_with('-') && !word.contains('='))
            .is_some_and(is_shell),
        Some(program) => is_shell(program),
        None => false,
    }
}

/// The recipes of a makefile, each line a script of its own.
fn recipes(text: &str) -> Vec<Mapped> {
    let mut scripts = Vec::new();
    let mut script = Mapped::default();
    let mut goes_on = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        let is_recipe = goes_on || bare.starts_with('\t');
        if is_recipe {
            let mut from = bare.len() - bare.strip_prefix('\t').unwrap_or(bare).len();
            if !goes_on {
                // What make does with the line: say nothing, go on after a failure, always run.
                from = bare.len() - bare.trim_start_matches(['\t', ' ', '@', '-', '+']).len();
            }
            push_expanded(bare, from, at, &mut script);
            goes_on = bare.ends_with('\\');
            if goes_on {
                script.push("\n", at + bare.len());
            } else {
                scripts.push(std::mem::take(&mut script));
            }
        }
        at += line.len();
    }
    scripts.push(script);
    scripts
}

/// Appends `line` from byte `from` on as the shell gets it. What make fills in is not known, and stands there as a variable of the shell:
/// `$(REGION)` as `${REGION}`.
fn push_expanded(line: &str, from: usize, at: usize, script: &mut Mapped) {
    let mut next = from;
    while let Some(dollar) = line[next..].find('$').map(|found| next + found) {
        script.push(&line[next..dollar], at + next);
        let behind = line[dollar + 1..].chars().next();
        next = match behind {
            Some('$') => {
                script.push("$", at + dollar);
                dollar + 2
            }
            Some('(') => {
                let close = close_of(line, dollar + 2);
                script.push_at("${", at + dollar);
                script.push(&line[dollar + 2..close], at + dollar + 2);
                script.push("}", at + close);
                (close + 1).min(line.len())
            }
            Some('{') | None => {
                script.push("$", at + dollar);
                dollar + 1
            }
            Some(one) => {
                script.push_at("$_", at + dollar);
                dollar + 1 + one.len_utf8()
            }
        };
    }
    script.push(&line[next..], at + next);
}

/// Where the bracket closes that was opened before `inside`.
fn close_of(line: &str, inside: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in line.bytes().enumerate().skip(inside) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return at,
            b')' => depth -= 1,
            _ => {}
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Option<Vec<String>> {
        let show = |command: &Command| {
            let words = command.args.iter().map(|word| {
                assert!(
                    word.is_dynamic || text[word.span.range()].contains(&word.text),
                    "{word:?}"
                );
                let mark = if word.is_dynamic { "?" } else { "" };
                format!(" {mark}{}", word.text)
            });
            format!("{}{}", command.name(), words.collect::<String>())
        };
        Some(of_file(path, text)?.iter().map(show).collect())
    }

    #[test]
    fn scripts_are_told_by_their_names_or_first_lines() {
        let text = "set -e\ngcloud run deploy\n";
        assert!(lines("bin/deploy.sh", text).is_some());
        for first in [
            "#!/bin/sh",
            "#!/usr/bin/env bash",
            "#!/usr/bin/env -S bash -e",
        ] {
            assert!(
                lines("bin/deploy", &format!("{first}\n{text}")).is_some(),
                "{first}"
            );
        }
        for first in ["", "#!/usr/bin/env python3", "#!", "# a remark"] {
            assert_eq!(
                lines("bin/deploy", &format!("{first}\n{text}")),
                None,
                "{first}"
            );
        }
    }

    #[test]
    fn each_line_of_a_recipe_is_a_script() {
        let text = "REGION ?= europe-west1\nall: build\n\t@echo 'it is\n\t-gcloud run deploy $(NAME) \\\n\t\t--region=$(REGION) --memory $${MEM} --tag $@ --of $<\n\tdocker build -t $(call tag,$(NAME)) .\n\nVAR = gcloud no recipe\nlast:\n\tmake x";
        assert_eq!(
            lines("Makefile", text).expect("a makefile"),
            [
                "echo it is",
                "gcloud run deploy ?${NAME} ?--region=${REGION} --memory ?${MEM} --tag ?$_ --of ?$_",
                "docker build -t ?${call tag,$(NAME)} .",
                "make x"
            ]
        );
    }
}
