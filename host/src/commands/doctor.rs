//! `perfctl doctor`: what this machine has, and what each recipe would need.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::{Args, ValueHint};
use perfctl_core::recipe::StepKind;
use perfctl_workspace::temp::RunDirectory;
use perfctl_workspace::tools::Tools;

use super::check::command_layer;
use super::recipe::find;
use crate::adapters;
use crate::assets::RecipeText;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::session::{Session, repository_root};
use crate::settings::Repository;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl doctor                                  sandboxes of this machine, tools of every recipe
  perfctl doctor quick-wins";

/// Says which audit tools are installed, in which version, and what each recipe step would need.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DoctorArgs {
    /// Only this recipe: its name, or a file ending in .toml
    #[arg(value_hint = ValueHint::FilePath)]
    recipe: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &DoctorArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let root = repository_root(std::path::Path::new("."));
    let session = Session::open(
        Some(Repository::in_place(&root)),
        command_layer(&[], &[], None, None),
        global,
        ui,
    )?;
    let vocabulary = adapters::vocabulary(&session.templates, None);
    let recipes = match &args.recipe {
        Some(wanted) => vec![find(&session, wanted)?],
        None => {
            let read = |text: &RecipeText| match text.read(&vocabulary) {
                Ok(recipe) => Some(recipe),
                Err(faults) => {
                    ui.warn(&faults.to_string());
                    None
                }
            };
            session.recipes.values().filter_map(read).collect()
        }
    };
    let tools = Tools::beside(&root);
    let mut out = String::new();

    let temp = RunDirectory::create(false).map_err(CommandError::failure)?;
    let _ = writeln!(out, "Sandboxes");
    for sandbox in perfctl_workspace::command::availability(&adapters::launcher()?, temp.path()) {
        let state = match &sandbox.works {
            Ok(held) => format!("works: {held}"),
            Err(problem) => format!("does not work: {problem}"),
        };
        let _ = writeln!(out, "  {:<12} {state}", sandbox.kind.word());
    }
    temp.close().map_err(CommandError::failure)?;

    let mut missing = BTreeSet::new();
    for recipe in &recipes {
        let _ = writeln!(out, "\nRecipe {}", recipe.name);
        for step in &recipe.steps {
            if matches!(step.kind, StepKind::Rules { .. } | StepKind::Report { .. }) {
                continue;
            }
            for tool in &step.needs.tools {
                match tools.find(&tool.program) {
                    Some(found) => {
                        let version = tools
                            .version(&found)
                            .unwrap_or_else(|| "version unknown".to_owned());
                        let _ = writeln!(
                            out,
                            "  {:<16} {:<16} {version}  {}",
                            step.id.as_str(),
                            found.program,
                            found.path.display()
                        );
                    }
                    None => {
                        missing.insert(tool.program.clone());
                        let _ = writeln!(
                            out,
                            "  {:<16} {:<16} missing: {}",
                            step.id.as_str(),
                            tool.program,
                            tool.install
                        );
                    }
                }
            }
            if step.needs.tools.is_empty() {
                let _ = writeln!(
                    out,
                    "  {:<16} {:<16} needs no tool of its own",
                    step.id.as_str(),
                    step.kind.word()
                );
            }
        }
    }
    ui.text(&out)?;
    if !missing.is_empty() {
        let missing: Vec<String> = missing.into_iter().collect();
        ui.say(&format!(
            "missing: {}; the steps that need them will say `needs-evidence`",
            missing.join(", ")
        ));
    }
    Ok(Exit::Clean)
}
