//! What can be asked for on the command line. Nothing is done here.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::commands;
use crate::error::{Answer, CommandError, Exit};
use crate::{logging, ui};

const EXITS: &str = "\
Exit codes:
  0    nothing over the gate
  1    findings over the gate (--fail-on)
  2    wrong arguments, settings or files
  3    some steps, rules or repositories failed
  70   a bug in perfctl
  130  interrupted with Ctrl-C; what was done until then is written

Environment:
  PERFCTL_LOG       what to log, in the syntax of tracing's EnvFilter
  XDG_CONFIG_HOME   where perfctl/config.toml is looked for
  XDG_CACHE_HOME    where prepared environments are kept, in perfctl/
  NO_COLOR          no colours";

/// Audits the performance of services: rules over code, audit commands, budgets, reports.
#[derive(Parser, Debug)]
#[command(name = "perfctl", version, about, after_help = EXITS, max_term_width = 110, disable_help_subcommand = false)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that mean the same everywhere.
#[derive(Args, Clone, Debug)]
pub(crate) struct GlobalArgs {
    /// An organisation's directory with settings and packs, or a settings file; wins over the user's
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) config: Vec<PathBuf>,
    /// Colours
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
    /// Say nothing but the result
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more about what is done; twice for still more
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Form of the log on standard error
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "text",
        value_name = "FORM"
    )]
    pub(crate) log_format: LogFormat,
    /// Threads and parallel steps; 0 for as many as there are processors
    #[arg(long, short, global = true, default_value_t = 0, value_name = "N")]
    pub(crate) jobs: u32,
    /// Read the audited repository's own rules, recipes and settings in full, for this run
    #[arg(long, global = true)]
    pub(crate) trust_repo: bool,
    /// Say where the time went
    #[arg(long, global = true)]
    pub(crate) timings: bool,
    /// Keep temporary files and say where they are
    #[arg(long, global = true)]
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

/// Where a result goes and in which form.
#[derive(Args, Clone, Debug)]
pub(crate) struct OutputArgs {
    /// Form of the result: human, json, jsonl, sarif, github, junit, markdown, html
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(perfctl_report::FORMATS.iter().map(|f| f.name)))]
    pub(crate) format: Option<String>,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Commands.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Run, list, show and check recipes
    #[command(subcommand)]
    Recipe(commands::recipe::RecipeCommand),
    /// Run rules on code, nothing else
    Check(commands::check::CheckArgs),
    /// List, explain, test and start rules
    #[command(subcommand)]
    Rule(commands::rule::RuleCommand),
    /// Compare two runs
    Compare(commands::compare::CompareArgs),
    /// Render a run again, in another form or with a template of your own
    Report(commands::report::ReportArgs),
    /// Say which audit tools are installed and what each recipe needs
    Doctor(commands::doctor::DoctorArgs),
    /// Write a `.perfctl.toml` to start from
    Init(commands::init::InitArgs),
    /// Trust a repository's own rules and settings as they are now
    Trust(commands::trust::TrustArgs),
    /// Explain settings
    #[command(subcommand)]
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
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help and version to standard output, faults to standard error.
            let code = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Clean
            };
            return match error.print() {
                Ok(()) => code.into(),
                Err(_) => ExitCode::SUCCESS,
            };
        }
    };
    logging::set_up(&cli.global);
    let ui = ui::Ui::new(&cli.global);
    match dispatch(cli, &ui) {
        Ok(exit) => exit.into(),
        Err(error) => {
            ui.failure(&error);
            error.exit.into()
        }
    }
}

fn dispatch(cli: Cli, ui: &ui::Ui) -> Answer {
    let global = &cli.global;
    match cli.command {
        Command::Recipe(command) => commands::recipe::run(&command, global, ui),
        Command::Check(args) => commands::check::run(&args, global, ui),
        Command::Rule(command) => commands::rule::run(&command, global, ui),
        Command::Compare(args) => commands::compare::run(&args, global, ui),
        Command::Report(args) => commands::report::run(&args, global, ui),
        Command::Doctor(args) => commands::doctor::run(&args, global, ui),
        Command::Init(args) => commands::init::run(&args, ui),
        Command::Trust(args) => commands::trust::run(&args, ui),
        Command::Config(command) => commands::config::run(&command, global, ui),
        Command::Schema(args) => commands::schema::run(&args, ui),
        Command::Completions(args) => commands::completions::run(&args, ui),
        Command::Man(args) => commands::completions::man(&args, ui),
        Command::External(args) => commands::external::run(&args),
    }
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
