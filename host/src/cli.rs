//! What can be asked for on the command line. Nothing is done here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use perfctl_core::scale::UnknownStep;

use crate::commands;
use crate::error::{Answer, CommandError, Exit};
use crate::formats::{self, FormatName};
use crate::{interrupt, logging, ui};

/// What a first look needs; the long help adds codes and variables.
const START: &str = "\
Examples:
  perfctl check                       rules on the code of the current directory
  perfctl recipe run quick-wins       rules, audit commands, budgets and reports
  perfctl rule explain ORG-001        what a rule is about

`perfctl NAME` runs the program perfctl-NAME of PATH, `perfctl help NAME` shows its help.
`perfctl --help` lists exit codes and variables, `perfctl COMMAND --help` every flag.";

const EXITS: &str = "\
Examples:
  perfctl check                       rules on the code of the current directory
  perfctl recipe run quick-wins       rules, audit commands, budgets and reports
  perfctl rule explain ORG-001        what a rule is about

`perfctl NAME` runs the program perfctl-NAME of PATH, `perfctl help NAME` shows its help.

Exit codes:
  0    nothing over the gate
  1    findings or broken budgets over the gate (--fail-on)
  2    wrong arguments, settings or files
  3    some steps, rules or repositories failed
  70   a bug in perfctl
  130  interrupted with Ctrl-C; what was done until then is written

Environment:
  PERFCTL_LOG       what to log (-vv is `info`), in the syntax of tracing's EnvFilter
  XDG_CONFIG_HOME   where perfctl/config.toml is looked for
  XDG_CACHE_HOME    where prepared environments are kept, in perfctl/
  NO_COLOR          no colours";

/// Audits the performance of services: rules over code, audit commands, budgets, reports.
#[derive(Parser, Debug)]
#[command(name = "perfctl", version, about, after_help = START, after_long_help = EXITS, max_term_width = 110, disable_help_subcommand = false)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where these flags stand in the help of every command.
const GLOBAL: &str = "Global options";

/// Flags that mean the same everywhere.
#[derive(Args, Clone, Debug)]
pub(crate) struct GlobalArgs {
    /// An organisation's directory with settings and packs, or a settings file; wins over the user's
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "PATH")]
    pub(crate) config: Vec<PathBuf>,
    /// Colours
    #[arg(long, global = true, help_heading = GLOBAL, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
    /// Say nothing but what was found
    #[arg(long, short, global = true, help_heading = GLOBAL)]
    pub(crate) quiet: bool,
    /// Show every finding with its code and every item with its reason; -vv adds a log of what is done, -vvv all of it
    #[arg(long, short, global = true, help_heading = GLOBAL, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Form of the log on standard error
    #[arg(long, global = true, help_heading = GLOBAL, value_enum, default_value = "text", value_name = "FORM", hide_short_help = true)]
    pub(crate) log_format: LogFormat,
    /// Threads and parallel steps; 0 for as many as there are processors
    #[arg(long, short, global = true, help_heading = GLOBAL, value_name = "N", hide_short_help = true)]
    pub(crate) jobs: Option<u32>,
    /// Read the audited repository's own rules, recipes and settings in full, for this run
    #[arg(long, global = true, help_heading = GLOBAL, hide_short_help = true)]
    pub(crate) trust_repo: bool,
    /// Say where the time went
    #[arg(long, global = true, help_heading = GLOBAL, hide_short_help = true)]
    pub(crate) timings: bool,
    /// Keep temporary files and say where they are
    #[arg(long, global = true, help_heading = GLOBAL, hide_short_help = true)]
    pub(crate) keep_temp: bool,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal that shows them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The file name that means standard output.
pub(crate) const STANDARD_OUTPUT: &str = "-";

/// Where a result goes and in which form.
#[derive(Args, Clone, Debug)]
pub(crate) struct OutputArgs {
    /// Form of the result; plugins may bring others
    #[arg(long, value_name = "FORMAT", value_parser = FormatName)]
    pub(crate) format: Option<String>,
    /// Write the result to a file instead of standard output, which is `-`
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl OutputArgs {
    /// The file, if it is not to be standard output.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|file| *file != Path::new(STANDARD_OUTPUT))
    }

    /// Refuses a place that no result can be written to before any work is done for it.
    pub(crate) fn check(&self) -> Result<(), CommandError> {
        match &self.output {
            Some(file) if file.is_dir() => Err(CommandError::usage(format!(
                "`--output {}` is a directory",
                file.display()
            ))
            .hint("name a file in it")),
            _ => Ok(()),
        }
    }
}

/// Commands.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Run, list, show and check recipes
    #[command(subcommand, after_help = commands::recipe::LIST_EXAMPLES)]
    Recipe(commands::recipe::RecipeCommand),
    /// Run rules on code, nothing else
    Check(commands::check::CheckArgs),
    /// Change code where a finding knows the change
    Fix(commands::fix::FixArgs),
    /// List, explain, test, score and start rules
    #[command(subcommand, after_help = commands::rule::EXAMPLES)]
    Rule(commands::rule::RuleCommand),
    /// Plugins: rules in Lua, Rust, Python or TypeScript, collectors and formats of reports, and those that come from elsewhere
    #[command(subcommand, after_help = commands::plugin::EXAMPLES)]
    Plugin(commands::plugin::PluginCommand),
    /// Compare two runs
    Compare(commands::compare::CompareArgs),
    /// Render a run again, in another form or with a template of your own
    Report(commands::report::ReportArgs),
    /// Say which audit tools are installed and what each recipe needs
    Doctor(commands::doctor::DoctorArgs),
    /// Write a `.perfctl.toml` to start from
    Init(commands::init::InitArgs),
    /// Sign for a checklist item that no program can decide
    Attest(commands::attest::AttestArgs),
    /// Trust a repository's own rules and settings as they are now
    Trust(commands::trust::TrustArgs),
    /// Explain settings
    #[command(subcommand, after_help = commands::config::EXAMPLES)]
    Config(commands::config::ConfigCommand),
    /// Print the JSON Schema of a file or output
    Schema(commands::schema::SchemaArgs),
    /// Print completions for a shell
    Completions(commands::completions::CompletionsArgs),
    /// Write man pages
    Man(commands::completions::ManArgs),
    /// `perfctl foo` runs `perfctl-foo` from PATH
    #[command(external_subcommand)]
    External(Vec<OsString>),
}

/// The command tree, for completions and man pages.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Parses the arguments, runs the command, reports its failure.
pub(crate) fn main() -> ExitCode {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    let mut parsed = Cli::try_parse_from(&words);
    if let Err(error) = &parsed
        && error.kind() == ErrorKind::InvalidSubcommand
        && let Some(name) = commands::external::asks_for_help(&words)
    {
        words.splice(1.., [name, "--help".into()]);
        parsed = Cli::try_parse_from(&words);
    }
    if matches!(&parsed, Err(error) if error.kind() == ErrorKind::DisplayHelp) {
        let told = formats::with_installed(command(), &words).try_get_matches_from(&words);
        parsed = told.map_or_else(Err, |_| parsed);
    }
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help and version to standard output, faults to standard error.
            let code = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Clean
            };
            // A terminal that is gone changes nothing about what was asked.
            let _ = error.print();
            return code.into();
        }
    };
    logging::set_up(&cli.global);
    let ui = ui::Ui::new(&cli.global);
    match dispatch(cli, &words, &ui) {
        Ok(exit) => exit.into(),
        Err(error) => {
            ui.failure(&error);
            // What was cut off because the user asked for it did not fail.
            match interrupt::was_asked() {
                true => Exit::Interrupted.into(),
                false => error.exit.into(),
            }
        }
    }
}

fn dispatch(cli: Cli, words: &[OsString], ui: &ui::Ui) -> Answer {
    let global = &cli.global;
    match cli.command {
        Command::Recipe(command) => commands::recipe::run(&command, global, ui),
        Command::Check(args) => commands::check::run(&args, global, ui),
        Command::Fix(args) => commands::fix::run(&args, global, ui),
        Command::Rule(command) => commands::rule::run(&command, global, ui),
        Command::Plugin(command) => commands::plugin::run(&command, global, ui),
        Command::Compare(args) => commands::compare::run(&args, global, ui),
        Command::Report(args) => commands::report::run(&args, global, ui),
        Command::Doctor(args) => commands::doctor::run(&args, global, ui),
        Command::Init(args) => commands::init::run(&args, ui),
        Command::Attest(args) => commands::attest::run(&args, global, ui),
        Command::Trust(args) => commands::trust::run(&args, global, ui),
        Command::Config(command) => commands::config::run(&command, global, ui),
        Command::Schema(args) => commands::schema::run(&args, ui),
        Command::Completions(args) => commands::completions::run(&args, global, ui),
        Command::Man(args) => commands::completions::man(&args, ui),
        Command::External(args) => commands::external::run(&args, words),
    }
}

/// A word of one of the ordered scales, all of which help and completions show.
pub(crate) fn step_of<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: std::str::FromStr<Err = UnknownStep> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse())
}

/// `name=value` of `--set`.
pub(crate) fn pair(text: &str) -> Result<(String, String), CommandError> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(CommandError::usage(format!(
            "`--set {text}`: a parameter is set as name=value"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command that can be called, with the words that call it.
    fn all(command: &clap::Command, words: &str, into: &mut Vec<(String, clap::Command)>) {
        for inner in command.get_subcommands() {
            if inner.get_name() != "help" {
                all(inner, &format!("{words} {}", inner.get_name()), into);
            }
        }
        into.push((words.to_owned(), command.clone()));
    }

    #[test]
    fn every_command_has_examples_and_every_example_is_a_command() {
        let mut root = command();
        root.build();
        let mut commands = Vec::new();
        all(&root, "perfctl", &mut commands);
        assert!(commands.len() > 20);
        for (words, mut command) in commands {
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                let examples = help.split("Examples:\n").nth(1);
                let examples = examples.unwrap_or_else(|| panic!("{words} has no examples"));
                let lines = examples.lines().take_while(|line| !line.is_empty());
                for line in lines {
                    assert!(line.starts_with("  perfctl"), "{words}: `{line}`");
                    // A remark stands behind at least two blanks; a shell's words end the command.
                    let line = line.trim().split("  ").next().unwrap_or_default();
                    for line in line.split([';', '&']).map(str::trim) {
                        let line = line.split('>').next().unwrap_or_default();
                        if !line.starts_with("perfctl") {
                            continue;
                        }
                        let parsed = Cli::try_parse_from(line.split_whitespace());
                        let fault = parsed.err().filter(|error| error.use_stderr());
                        let fault = fault.map(|error| error.to_string());
                        assert_eq!(fault, None, "{words}: `{line}`");
                    }
                }
            }
        }
    }

    #[test]
    fn flags_for_every_command_stand_by_themselves_and_rare_ones_only_in_the_long_help() {
        let mut root = command();
        root.build();
        let mut commands = Vec::new();
        all(&root, "perfctl", &mut commands);
        for (words, mut command) in commands {
            let (short, long) = (
                command.render_help().to_string(),
                command.render_long_help().to_string(),
            );
            let own = |help: &str| {
                help.split("Global options:")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            };
            for flag in ["--color", "--quiet", "--keep-temp", "--log-format"] {
                assert!(!own(&long).contains(&format!("{flag} ")), "{words}: {flag}");
                assert!(long.contains(flag), "{words}: {flag}");
            }
            assert!(
                short.contains("--quiet") && !short.contains("--keep-temp"),
                "{words}"
            );
        }
    }
}
