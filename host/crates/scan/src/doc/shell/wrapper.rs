//! What stands before the program that a command is about: assignments, and programs that run another one.

use super::Word;

/// A command's head.
pub(super) struct Stripped {
    /// Index of the program among the words.
    pub(super) program: usize,
    pub(super) env: Vec<(String, String)>,
    pub(super) wrappers: Vec<String>,
}

/// Passes over assignments and wrappers; if nothing follows them, the last wrapper is the program.
pub(super) fn strip<'w>(words: impl Iterator<Item = &'w Word>) -> Stripped {
    let words: Vec<&Word> = words.collect();
    let mut stripped = Stripped {
        program: 0,
        env: Vec::new(),
        wrappers: Vec::new(),
    };
    let mut at = 0;
    loop {
        while let Some((name, value)) = words.get(at).and_then(|word| assignment(&word.text)) {
            stripped.env.push((name.to_owned(), value.to_owned()));
            at += 1;
        }
        stripped.program = at;
        let Some(word) = words.get(at) else {
            return stripped;
        };
        let Some(wrapper) = wrapper_of(&word.text) else {
            return stripped;
        };
        let behind = at + 1 + wrapper.length_of_options(&words[at + 1..]);
        let has_program = words[behind.min(words.len())..]
            .iter()
            .any(|word| assignment(&word.text).is_none());
        if !has_program {
            return stripped;
        }
        stripped.wrappers.push(wrapper.name.to_owned());
        at = behind;
    }
}

fn assignment(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let name = name.strip_suffix('+').unwrap_or(name);
    let is_name = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then_some((name, value))
}

struct Wrapper {
    name: &'static str,
    /// Options that take the next word.
    valued: &'static [&'static str],
    /// Words before the program, options apart.
    operands: usize,
}

const WRAPPERS: &[Wrapper] = &[
    Wrapper {
        name: "builtin",
        valued: &[],
        operands: 0,
    },
    Wrapper {
        name: "command",
        valued: &[],
        operands: 0,
    },
    Wrapper {
        name: "doas",
        valued: &["-u", "-C"],
        operands: 0,
    },
    Wrapper {
        name: "dumb-init",
        valued: &[],
        operands: 0,
    },
    Wrapper {
        name: "env",
        valued: &["-u", "--unset", "-C", "--chdir"],
        operands: 0,
    },
    Wrapper {
        name: "exec",
        valued: &["-a"],
        operands: 0,
    },
    Wrapper {
        name: "gosu",
        valued: &[],
        operands: 1,
    },
    Wrapper {
        name: "nice",
        valued: &["-n"],
        operands: 0,
    },
    Wrapper {
        name: "nohup",
        valued: &[],
        operands: 0,
    },
    Wrapper {
        name: "su-exec",
        valued: &[],
        operands: 1,
    },
    Wrapper {
        name: "sudo",
        valued: &["-u", "-g", "-h", "-p", "--user", "--group"],
        operands: 0,
    },
    Wrapper {
        name: "time",
        valued: &["-f", "-o"],
        operands: 0,
    },
    Wrapper {
        name: "timeout",
        valued: &["-k", "-s", "--signal", "--kill-after"],
        operands: 1,
    },
    Wrapper {
        name: "tini",
        valued: &["-e", "-p"],
        operands: 0,
    },
];

fn wrapper_of(program: &str) -> Option<&'static Wrapper> {
    let name = program.rsplit('/').next().unwrap_or(program);
    WRAPPERS.iter().find(|wrapper| wrapper.name == name)
}

impl Wrapper {
    /// How many of `words` are its own.
    fn length_of_options(&self, words: &[&Word]) -> usize {
        let mut at = 0;
        while let Some(word) = words.get(at).filter(|word| word.text.starts_with('-')) {
            if word.text == "--" {
                at += 1;
                break;
            }
            at += if self.valued.contains(&word.text.as_str()) {
                2
            } else {
                1
            };
        }
        (at + self.operands).min(words.len())
    }
}
