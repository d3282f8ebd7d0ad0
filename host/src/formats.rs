//! Formats of results by name: those of the program, and those of plugins. The words of the command line are read before any settings are, so a
//! word that could be a plugin's format is taken, and held against the formats that there are before anything runs.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format as _, RenderError, View};
use perfctl_report::{Entry, FORMATS, Templates};
use perfctl_wire::table::nearest;

use crate::cli::{GlobalArgs, LogFormat};
use crate::commands::check::command_layer;
use crate::error::CommandError;
use crate::extensions::{Extensions, PluginFormat};
use crate::{assets, settings};

/// A format that somebody asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Chosen<'e> {
    /// One of the program's own.
    Own(&'static Entry),
    /// One of a plugin.
    Plugin(&'e PluginFormat),
}

impl Chosen<'_> {
    /// The document of a record.
    pub(crate) fn render(
        &self,
        templates: &Arc<Templates>,
        record: &RunRecord,
        view: &View,
    ) -> Result<Vec<u8>, RenderError> {
        match self {
            Self::Own(entry) => entry.build(templates).render(record, view),
            Self::Plugin(format) => format.render(record, view),
        }
    }
}

/// The format called `name`.
///
/// # Errors
/// There is none; the hints say which there are, and which plugins could not be read.
pub(crate) fn chosen<'e>(
    name: &str,
    extensions: &'e Extensions,
) -> Result<Chosen<'e>, CommandError> {
    if let Some(entry) = perfctl_report::find(name) {
        return Ok(Chosen::Own(entry));
    }
    if let Some(format) = extensions.formats.get(name) {
        return Ok(Chosen::Plugin(format));
    }
    let all = names(extensions);
    if let Some(why) = extensions.formats.why_not(name) {
        let error =
            CommandError::usage(format!("the output format `{name}` cannot be used: {why}"));
        return Err(error.hint(format!("there are {}", all.join(", "))));
    }
    let mut error = CommandError::usage(format!("there is no output format `{name}`"));
    if let Some(near) = nearest(name, all.iter().map(String::as_str)) {
        error = error.hint(format!("did you mean `{near}`?"));
    }
    error = error.hint(format!("there are {}", all.join(", ")));
    for problem in &extensions.problems {
        error = error.hint(format!("{}: {}", problem.subject, problem.message));
    }
    Err(error)
}

/// The names of all formats: the program's own first.
pub(crate) fn names(extensions: &Extensions) -> Vec<String> {
    let own = FORMATS.iter().map(|entry| entry.name.to_owned());
    let foreign = extensions.formats.iter();
    let foreign = foreign.map(|format| format.head.name.clone());
    own.chain(foreign).collect()
}

/// Reads the value of `--format`: help and completions show the program's own, and a plugin may have others.
#[derive(Clone, Debug)]
pub(crate) struct FormatName;

impl TypedValueParser for FormatName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let word = value
            .to_str()
            .and_then(|text| perfctl_wire::names::word(text).ok());
        match word {
            Some(word) => Ok(word),
            None => own().parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = FORMATS.iter().map(|entry| PossibleValue::new(entry.name));
        Some(Box::new(names))
    }
}

fn own() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|entry| entry.name))
}

/// Commands whose `--format` may be a plugin's, each as the words that call it.
const TAKERS: [&[&str]; 3] = [&["check"], &["recipe", "run"], &["report"]];

/// The command tree whose help says which formats there are for who wrote these words. Help is shown before settings are read, so the formats of
/// plugins are looked for only then; where that fails, the program's own are all that is shown.
pub(crate) fn with_installed(command: clap::Command, words: &[OsString]) -> clap::Command {
    let global = GlobalArgs {
        config: configs(words),
        color: None,
        quiet: true,
        verbose: 0,
        log_format: LogFormat::Text,
        jobs: None,
        trust_repo: false,
        timings: false,
        keep_temp: false,
    };
    match installed(&global) {
        Ok(names) => shown(command, &names),
        Err(_) => command,
    }
}

/// The formats of the user's and his organisations' layers.
pub(crate) fn installed(global: &GlobalArgs) -> Result<Vec<String>, CommandError> {
    let loaded = settings::load(None, command_layer(&[], &[], None, None), global)?;
    let packs = assets::packs_of_layers(&loaded)?;
    Ok(names(&Extensions::of(&packs)))
}

/// The command tree whose `--format` has these values.
pub(crate) fn shown(command: clap::Command, names: &[String]) -> clap::Command {
    // clap keeps names for as long as the program runs, which is not long from here.
    let names: Vec<&'static str> = names.iter().map(|name| &*name.clone().leak()).collect();
    let valued = |command: clap::Command| {
        let parser = PossibleValuesParser::new(names.clone());
        command.mut_arg("format", |arg| arg.value_parser(parser))
    };
    TAKERS
        .into_iter()
        .fold(command, |command, words| match words {
            [one] => command.mut_subcommand(one, valued),
            [outer, inner] => {
                command.mut_subcommand(outer, |outer| outer.mut_subcommand(inner, valued))
            }
            _ => command,
        })
}

/// What `--config` names in a line whose other words could not be read to their end.
fn configs(words: &[OsString]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let text = word.to_string_lossy();
        match text.strip_prefix("--config") {
            Some("") => all.extend(rest.next().map(PathBuf::from)),
            Some(value) => all.extend(value.strip_prefix('=').map(PathBuf::from)),
            None => {}
        }
    }
    all
}

/// What a plugin made, as a terminal may see it: colours where they are wanted, and nothing else that would steer it.
pub(crate) fn harmless(document: &[u8], colour: bool) -> Vec<u8> {
    let text = String::from_utf8_lossy(document);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&perfctl_report::neutral_block(&rest[..at]));
        let paint = paint(&rest[at..]);
        match paint {
            Some(sequence) if colour => out.push_str(sequence),
            Some(_) => {}
            None => out.push('\u{fffd}'),
        }
        rest = &rest[at + paint.map_or(1, str::len)..];
    }
    out.push_str(&perfctl_report::neutral_block(rest));
    out.into_bytes()
}

/// The sequence for a colour or weight at the beginning of `text`.
fn paint(text: &str) -> Option<&str> {
    let body = text.strip_prefix("\u{1b}[")?;
    let length = body.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    body[length..]
        .starts_with('m')
        .then(|| &text[..2 + length + 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_pass_and_what_steers_a_terminal_does_not() {
        let document =
            "a\u{1b}[1;31mred\u{1b}[0m\tb\n\u{1b}[2J\u{1b}]0;title\u{7}\u{1b}".as_bytes();
        let coloured = String::from_utf8(harmless(document, true)).expect("a text");
        assert!(
            coloured.starts_with("a\u{1b}[1;31mred\u{1b}[0m"),
            "{coloured:?}"
        );
        assert_eq!(coloured.matches('\u{1b}').count(), 2, "{coloured:?}");
        assert!(!coloured.contains('\u{7}'), "{coloured:?}");
        let plain = String::from_utf8(harmless(document, false)).expect("a text");
        assert!(
            plain.starts_with("ared") && !plain.contains('\u{1b}'),
            "{plain:?}"
        );
    }

    #[test]
    fn the_directories_of_a_line_are_those_that_config_names() {
        let words = [
            "perfctl",
            "check",
            "--config",
            "a",
            "--config=b",
            "--help",
            "--configs",
        ];
        let words: Vec<OsString> = words.iter().map(Into::into).collect();
        assert_eq!(configs(&words), [PathBuf::from("a"), PathBuf::from("b")]);
    }

    #[test]
    fn help_shows_the_formats_of_plugins() {
        let names = ["human".to_owned(), "acme-html".to_owned()];
        let mut command = shown(crate::cli::command(), &names);
        for words in TAKERS {
            let taker = words.iter().fold(&mut command, |command, word| {
                command.find_subcommand_mut(word).expect("a command")
            });
            let help = taker.render_help().to_string();
            assert!(help.contains("acme-html"), "{words:?}: {help}");
        }
    }
}
