//! What is wrong with scripts, as far as it shows without running them: what is not closed, what ends and did not begin, and options
//! that stand where a command should. Enough to tell whether a change broke something, not whether a script is right.

use super::file::{is_makefile, scripts};
use super::token::{Lexer, Operator, Token};
use super::{Reader, State};
use crate::doc::mapped::Mapped;

/// How many places of the file at `path` with that `text` are wrong; `None` when it is neither a shell script nor a makefile.
pub fn faults_of_file(path: &str, text: &str) -> Option<usize> {
    let own = scripts(path, text)?.iter().map(faults).sum::<usize>();
    let around = if is_makefile(path) { stray(text) } else { 0 };
    Some(own + around)
}

/// What is wrong in one script.
fn faults(script: &Mapped) -> usize {
    let mut reader = Reader::new(script, true, 0, false);
    let mut lexer = Lexer::new(script, true);
    let mut commands = Vec::new();
    let (mut brackets, mut loose) = (0_usize, 0);
    while let Some(token) = lexer.next_token() {
        match token {
            Token::Word(word) => reader.word(word, &mut commands),
            Token::Operator(operator) => {
                let counts = matches!(reader.state, State::Start | State::Words);
                match operator {
                    Operator::Open if counts => brackets += 1,
                    Operator::Close if counts => match brackets.checked_sub(1) {
                        Some(left) => brackets = left,
                        None => loose += 1,
                    },
                    _ => {}
                }
                reader.operator(operator, &mut commands);
            }
        }
    }
    let (open, ends) = (reader.blocks.len(), reader.loose);
    reader.flush(super::Link::Sequence, &mut commands);
    let is_option = |command: &&super::Command| {
        let program = &command.program;
        command.nesting == 0 && !program.is_quoted && program.text.starts_with('-')
    };
    let options = commands.iter().filter(is_option).count();
    lexer.unclosed + open + ends + brackets + loose + options
}

/// Words that begin a line of a makefile which is neither a rule nor a variable.
const DIRECTIVES: [&str; 17] = [
    "include", "-include", "sinclude", "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif",
    "define", "endef", "export", "unexport", "override", "undefine", "private", "vpath",
];

/// Lines of a makefile that are nothing: what a recipe loses when its tab goes or the line before it does not go on.
fn stray(text: &str) -> usize {
    let (mut goes_on, mut is_defined, mut count) = (false, false, 0);
    for line in text.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        let is_part = goes_on || is_defined || line.starts_with('\t');
        is_defined = (is_defined || first == "define") && first != "endef";
        let is_known = first.is_empty()
            || first.starts_with(['#', '$'])
            || DIRECTIVES.contains(&first)
            || line.contains([':', '=']);
        // Make takes signs before a command for its own, so an option there is seen here only.
        let is_option = line.starts_with('\t') && !goes_on && first.starts_with("--");
        count += usize::from((!is_part && !is_known) || is_option);
        goes_on = line.ends_with('\\');
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bash_takes_has_no_faults() {
        let text = "#!/bin/sh\nset -e\nname() {\n  echo \"$1\" ${2:-'x y'} $(date +%s)\n}\nif [ -z \"$A\" ]; then exit 1; elif true; then :; fi\nfor x in a b; do (cd $x && make) || exit; done\ncase \"$1\" in\n  a|b) run ;;\n  (*) other -x ;;\nesac\ncat <<EOF\nit's $(\nEOF\ngcloud run deploy api \\\n  --region x \\\n  --cpu 1\nwhile read -r l; do echo $l; done < f\n[[ -n $A && ( $B == 1 ) ]] && echo $((1 + (2)))\n";
        assert_eq!(faults_of_file("a.sh", text), Some(0));
        let make = "A ?= 1\n.PHONY: all\nall: b\n\tif true; then \\\n\t  x; \\\n\tfi\n\n# it's\ninclude x.mk\ndefine T\nwords of it\nendef\nB = a \\\n  b\n$(eval $(T))\n";
        assert_eq!(faults_of_file("Makefile", make), Some(0));
        assert_eq!(faults_of_file("a.prisma", "{"), None);
    }

    #[test]
    fn what_a_bad_change_leaves_is_a_fault() {
        for text in [
            "echo 'it is\n",
            "echo \"$(date)\n",
            "echo $(date\n",
            "echo ${A\n",
            "if true; then\n  x\n",
            "x\nfi\n",
            "(cd a && make\n",
            "cd a && make)\n",
            "cat <<EOF\nx\n",
            "gcloud run deploy api \\\n  --region x\n  --cpu 1\n",
            "gcloud run deploy api \\ \n  --region x\n",
        ] {
            assert!(faults_of_file("deploy.sh", text) > Some(0), "{text}");
        }
        for text in [
            "all:\n\tgcloud run deploy x\n\t--cpu 1\n",
            "all:\n\tgcloud run deploy x\n  --cpu 1\n",
            "all:\n\techo 'x\n",
        ] {
            assert!(faults_of_file("Makefile", text) > Some(0), "{text}");
        }
    }
}
