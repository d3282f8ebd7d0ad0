//! `perfctl plugin`: rules in any of its languages, collectors and formats of reports as components, and plugins that come from elsewhere.

mod add;
mod bench;
mod build;
mod inspect;
mod kept;
mod list;
mod new;
mod push;
mod remove;
mod several;
mod shelves;
mod taking;
mod test;
mod update;
mod vendor;
mod verify;

use clap::Subcommand;

use super::rule::TestArgs;
use crate::cli::GlobalArgs;
use crate::error::Answer;
use crate::ui::Ui;

pub(crate) use build::rebuild;

pub(crate) const EXAMPLES: &str = "\
Examples:
  perfctl plugin new acme --lang rust         start one
  perfctl plugin new acme-tool --lang python --kind collector
  perfctl plugin build plugins/acme           compile a pack to plugins/acme/plugin.wasm
  perfctl plugin test plugins/acme            run the cases of its rules
  perfctl plugin inspect plugins/acme/plugin.wasm
  perfctl plugin add oci://registry.example.com/rules/acme:1.2
  perfctl plugin update --dry-run             what newer versions would change";

/// Starts, builds and tests plugins, and adds, updates and removes those of others.
#[derive(Subcommand, Debug)]
pub(crate) enum PluginCommand {
    /// Start a plugin: a pack with a rule, collector or format that works, and its cases
    New(new::NewArgs),
    /// Compile a pack in Rust, Python, TypeScript or JavaScript to a component, or put one in Lua into one file
    Build(build::BuildArgs),
    /// Run the cases of a pack: of its rules, as `perfctl rule test` does, its collectors or its formats
    #[command(after_help = TEST_EXAMPLES)]
    Test(TestArgs),
    /// Say what each rule of a pack costs on a repository
    Bench(bench::BenchArgs),
    /// Say what a plugin holds, asks for and imports; nothing of it is run
    Inspect(inspect::InspectArgs),
    /// Fetch a plugin, check it, compile it and pin it in perfctl.lock
    Add(add::AddArgs),
    /// List plugins, where they came from and how they are
    List(list::ListArgs),
    /// Take newer versions from where plugins came from, after showing what changes
    Update(update::UpdateArgs),
    /// Remove plugins
    Remove(remove::RemoveArgs),
    /// Check every plugin against its lock, its signature and the contract
    Verify(verify::VerifyArgs),
    /// Copy every plugin into one directory that needs no network
    Vendor(vendor::VendorArgs),
    /// Store a plugin in an OCI registry
    Push(push::PushArgs),
}

const TEST_EXAMPLES: &str = "\
Examples:
  perfctl plugin test                         the pack or rule of the current directory
  perfctl plugin test plugins/acme            a pack of rules, collectors or formats
  perfctl plugin test plugins/acme/ACME-001   one rule
  perfctl plugin test plugins/acme --watch    build and test after each change";

/// Runs the command.
pub(crate) fn run(command: &PluginCommand, global: &GlobalArgs, ui: &Ui) -> Answer {
    match command {
        PluginCommand::New(args) => new::run(args, ui),
        PluginCommand::Build(args) => build::run(args, ui),
        PluginCommand::Test(args) => test::run(args, global, ui),
        PluginCommand::Bench(args) => bench::run(args, global, ui),
        PluginCommand::Inspect(args) => inspect::run(args, ui),
        PluginCommand::Add(args) => add::run(args, global, ui),
        PluginCommand::List(args) => list::run(args, global, ui),
        PluginCommand::Update(args) => update::run(args, global, ui),
        PluginCommand::Remove(args) => remove::run(args, global, ui),
        PluginCommand::Verify(args) => verify::run(args, global, ui),
        PluginCommand::Vendor(args) => vendor::run(args, global, ui),
        PluginCommand::Push(args) => push::run(args, global, ui),
    }
}
