//! `perfctl schema NAME`.

use clap::Args;
use perfctl_wire::schema::SCHEMAS;

use crate::error::{Answer, CommandError, Exit};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl schema                                  the names
  perfctl schema run > run.schema.json            for programs that read run.json";

/// Prints the JSON Schema of a file or output.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SchemaArgs {
    /// Which: attestations, checklist, fix, label, lock, pack, recipe, rule, run, settings; none lists them
    name: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &SchemaArgs, ui: &Ui) -> Answer {
    let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    match &args.name {
        None => ui.result(format!("{}\n", names.join("\n")).as_bytes())?,
        Some(name) => {
            let schema = SCHEMAS
                .iter()
                .find(|schema| schema.name == name)
                .ok_or_else(|| {
                    CommandError::usage(format!("there is no schema `{name}`"))
                        .hint(format!("there are {}", names.join(", ")))
                })?;
            ui.result(schema.text.as_bytes())?;
        }
    }
    Ok(Exit::Clean)
}
