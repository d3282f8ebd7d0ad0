//! `perfctl plugin new | build | test | bench | inspect`: rules in languages other than Lua, collectors and formats of reports, as components.

mod bench;
mod build;
mod inspect;
mod new;
mod test;

use clap::Subcommand;

use super::rule::TestArgs;
use crate::cli::GlobalArgs;
use crate::error::Answer;
use crate::ui::Ui;

pub(crate) const EXAMPLES: &str = "\
Examples:
  perfctl plugin new acme --lang rust         start one
  perfctl plugin new acme-tool --lang python --kind collector
  perfctl plugin build plugins/acme           compile a pack to plugins/acme/plugin.wasm
  perfctl plugin test plugins/acme            run the cases of its rules
  perfctl plugin inspect plugins/acme/plugin.wasm";

/// Starts, builds, tests and inspects plugins.
#[derive(Subcommand, Debug)]
pub(crate) enum PluginCommand {
    /// Start a plugin: a pack with a rule, collector or format that works, and its cases
    New(new::NewArgs),
    /// Compile a pack in Rust, Python or JavaScript to a component
    Build(build::BuildArgs),
    /// Run the cases of a pack: of its rules, as `perfctl rule test` does, its collectors or its formats
    #[command(after_help = TEST_EXAMPLES)]
    Test(TestArgs),
    /// Say what each rule of a pack costs on a repository
    Bench(bench::BenchArgs),
    /// Say what a plugin holds, asks for and imports; nothing of it is run
    Inspect(inspect::InspectArgs),
}

const TEST_EXAMPLES: &str = "\
Examples:
  perfctl plugin test                         the pack or rule of the current directory
  perfctl plugin test plugins/acme            a pack of rules, collectors or formats
  perfctl plugin test plugins/acme/ACME-001   one rule";

/// Runs the command.
pub(crate) fn run(command: &PluginCommand, global: &GlobalArgs, ui: &Ui) -> Answer {
    match command {
        PluginCommand::New(args) => new::run(args, ui),
        PluginCommand::Build(args) => build::run(args, ui),
        PluginCommand::Test(args) => test::run(args, global, ui),
        PluginCommand::Bench(args) => bench::run(args, global, ui),
        PluginCommand::Inspect(args) => inspect::run(args, ui),
    }
}
