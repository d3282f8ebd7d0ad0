//! `perfctl doctor`: what this machine has, and what each recipe would need.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::{Args, ValueHint};
use perfctl_core::recipe::{Recipe, StepKind};
use perfctl_engine::plan::{choose, to_allow};
use perfctl_engine::seams::Tools as EngineTools;
use perfctl_workspace::temp::RunDirectory;
use perfctl_workspace::tools::Tools;
use rustix::fs::{Access, access};

use super::check::command_layer;
use super::recipe::find;
use crate::adapters;
use crate::assets::RecipeText;
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::session::{Session, repository_root};
use crate::settings::{Repository, cache_dir};
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl doctor                                  sandboxes of this machine, tools of every recipe
  perfctl doctor quick-wins

The exit code is 0 also where something is missing: the audit says `needs-evidence` there.";

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
    let vocabulary = session.vocabulary()?;
    let recipes = match &args.recipe {
        Some(wanted) => vec![find(&session, wanted)?],
        None => {
            let read = |text: &RecipeText| match text.read(&vocabulary, &session.recipes) {
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

    let _ = writeln!(
        out,
        "  {:<12} none in a sandbox, unless a step that asks for it is allowed with --allow",
        "network"
    );
    let _ = writeln!(out, "\nCache\n  {}", cache());

    let mut missing = BTreeSet::new();
    for recipe in &recipes {
        out.push_str(&of_recipe(recipe, &tools, &mut missing));
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

/// What every step of a recipe would use here, as the audit chooses it; programs that are lacking go to `missing`.
fn of_recipe(recipe: &Recipe, tools: &dyn EngineTools, missing: &mut BTreeSet<String>) -> String {
    let mut out = format!("\nRecipe {}\n", recipe.name);
    for step in &recipe.steps {
        if matches!(step.kind, StepKind::Rules { .. } | StepKind::Report { .. }) {
            continue;
        }
        let asks = match step.needs.consent || step.needs.network {
            true => format!("  (asks: --allow {})", to_allow(step, recipe)),
            false => String::new(),
        };
        for tool in &step.needs.tools {
            let (program, state) = match choose(tool, tools) {
                Some((found, hindrance)) => {
                    let version = found.version.as_deref().unwrap_or("version unknown");
                    let why = hindrance.map_or(String::new(), |why| {
                        missing.insert(tool.program.clone());
                        format!("  cannot be used: {why}")
                    });
                    let state = format!("{version}  {}{asks}{why}", found.path.display());
                    (found.program, state)
                }
                None => {
                    missing.insert(tool.program.clone());
                    (tool.program.clone(), format!("missing: {}", tool.install))
                }
            };
            let _ = writeln!(out, "  {:<16} {program:<16} {state}", step.id.as_str());
        }
        if step.needs.tools.is_empty() {
            let kind = step.kind.word();
            let _ = writeln!(
                out,
                "  {:<16} {kind:<16} needs no tool of its own{asks}",
                step.id.as_str()
            );
        }
    }
    out
}

/// Where prepared environments are kept, and whether they can be.
fn cache() -> String {
    let Some(directory) = cache_dir() else {
        return "nowhere: neither XDG_CACHE_HOME nor HOME is set, so that nothing can be prepared"
            .to_owned();
    };
    let shown = directory.display();
    let there = directory.ancestors().find(|path| path.exists());
    let writable = there.is_some_and(|path| {
        let rights = Access::WRITE_OK | Access::EXEC_OK;
        path.is_dir() && access(path, rights).is_ok()
    });
    match (writable, directory.exists()) {
        (true, true) => shown.to_string(),
        (true, false) => format!("{shown} (made when it is needed)"),
        (false, _) => format!("{shown} cannot be written: nothing can be prepared"),
    }
}
