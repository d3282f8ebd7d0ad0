//! `perfctl plugin push`: a plugin's file into an OCI registry.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use perfctl_fetch::Source;

use super::shelves::Where;
use crate::accounts::Accounts;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::hidden;
use crate::plugins::{Obtain, Package, SaidBy, Wanted, Who};
use crate::ui::Ui;

const EXAMPLES: &str = "\
A signature beside the file (`acme.wasm.minisig`, as `minisign -S` makes it) goes along.

Examples:
  perfctl plugin push acme/plugin.wasm oci://registry.example.com/rules/acme:1.2
  perfctl plugin push acme oci://localhost:5000/acme:1.2  the folder of a pack";

/// Stores a plugin in an OCI registry, from which `perfctl plugin add` takes it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PushArgs {
    /// The plugin's file, or the folder of its pack
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    file: PathBuf,
    /// Its name in the registry: oci://HOST/NAME:TAG
    #[arg(value_name = "NAME")]
    name: String,
}

/// Runs the command.
pub(super) fn run(args: &PushArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let target: Source = args
        .name
        .parse()
        .map_err(|why| CommandError::usage(format!("{}: {why}", args.name)))?;
    let Source::Registry { name, insecure } = &target else {
        return Err(
            CommandError::usage(format!("{} is no name in a registry", args.name))
                .hint("write it as oci://HOST/NAME:TAG"),
        );
    };
    let loaded = Where::settings(global)?;
    let accounts = Accounts::of(&loaded.settings);
    hidden::hide(&accounts.secrets());
    let obtain = Obtain::new(&accounts, ui);
    let source = Source::Path(args.file.clone());
    let delivery = obtain.get(&Wanted {
        source: &source,
        base: Path::new(""),
        revision: None,
        said_by: SaidBy::User,
    })?;
    let shown = args.file.display().to_string();
    let package = obtain.reading(&shown, || Package::read(delivery, &shown))?;
    package.can_judge(Who::Author)?;
    let digest = obtain.push(name, *insecure, &package)?;
    ui.text(&format!("{target}  {digest}\n"))?;
    Ok(Exit::Clean)
}
