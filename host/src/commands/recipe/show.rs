//! `perfctl recipe show`: what a recipe does, where it comes from, how it is written.

use std::fmt::Write as _;

use clap::Args;
use perfctl_core::recipe::Recipe;
use perfctl_engine::plan::to_allow;
use perfctl_engine::values::SETTABLE;

use super::{find, here, text_of};
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::measured::limit;
use crate::session::Session;
use crate::ui::Ui;

const SHOW_EXAMPLES: &str = "\
Examples:
  perfctl recipe show quick-wins                  its parameters, steps and budgets
  perfctl recipe show quick-wins --origin         the files that all of it comes from
  perfctl recipe show quick-wins --source         the file as written, to copy from";

/// Shows a recipe.
#[derive(Args, Debug)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct ShowArgs {
    /// Its name, or a `.toml` file
    name: String,
    /// Say which file it, its rules and its templates came from, and nothing else
    #[arg(long)]
    origin: bool,
    /// Print the file as it was written, and nothing else
    #[arg(long, conflicts_with = "origin")]
    source: bool,
}

/// Runs the command.
pub(super) fn run(args: &ShowArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let session = here(global, ui)?;
    let text = if args.source {
        text_of(&session, &args.name)?.text().to_owned()
    } else if args.origin {
        origin(&session, &args.name)?
    } else {
        contents(&find(&session, &args.name)?)
    };
    ui.text(&text)?;
    Ok(Exit::Clean)
}

/// The files of the recipe, and of all rules and templates that it may use.
fn origin(session: &Session, name: &str) -> Result<String, CommandError> {
    let mut out = String::new();
    // A recipe that cannot be read says so before its files are named.
    find(session, name)?;
    let text = text_of(session, name)?;
    let _ = writeln!(out, "recipe    {}  {}", text.layer.word(), text.path);
    let packs = crate::assets::packs(&session.loaded)?;
    for rule in packs.rules.values() {
        let _ = writeln!(
            out,
            "rule      {}  {}  {}",
            rule.rule.layer.word(),
            rule.rule.id,
            rule.judge_path()
        );
    }
    let extensions = session.extensions()?;
    let collectors = extensions
        .collectors
        .iter()
        .map(|one| ("collector", &one.head.name, &one.from));
    let formats = extensions
        .formats
        .iter()
        .map(|one| ("format   ", &one.head.name, &one.from));
    for (what, name, from) in collectors.chain(formats) {
        let _ = writeln!(out, "{what} {}  {name}  {}", from.layer.word(), from.shown);
    }
    for (path, (layer, place)) in crate::assets::template_places(&session.loaded)? {
        let _ = writeln!(out, "template  {}  {path}  {place}", layer.word());
    }
    Ok(out)
}

/// What it does, for whom it reads it.
fn contents(recipe: &Recipe) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {}\n\n{}\n",
        recipe.name,
        recipe.title,
        recipe.about.trim()
    );
    if !recipe.params.is_empty() {
        let _ = writeln!(out, "Parameters (--set NAME=VALUE)");
        for param in &recipe.params {
            let default = param.default.as_deref().filter(|text| !text.is_empty());
            let default = default.map_or(String::new(), |text| format!(" [default: {text}]"));
            let choices = match param.choices.as_slice() {
                [] => String::new(),
                list => format!(" [one of: {}]", list.join(", ")),
            };
            let _ = writeln!(
                out,
                "  {:<12} {} ({}){choices}{default}",
                param.name,
                param.help,
                param.kind.word()
            );
        }
    }
    let further: Vec<&str> = SETTABLE
        .into_iter()
        .filter(|name| recipe.params.iter().all(|param| param.name != *name))
        .collect();
    if !further.is_empty() {
        let _ = writeln!(
            out,
            "Every recipe takes --set {}, too; unless set, each is found by itself",
            further.join(", ")
        );
    }
    let _ = writeln!(out, "\nSteps");
    for step in &recipe.steps {
        let consent = if step.needs.consent || step.needs.network {
            format!(" (asks: --allow {})", to_allow(step, recipe))
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "  {:<14} {:<8} {}{consent}",
            step.id.as_str(),
            step.kind.word(),
            step.title
        );
    }
    if !recipe.budgets.is_empty() {
        let _ = writeln!(out, "\nBudgets");
        for budget in &recipe.budgets {
            let _ = writeln!(out, "  {}  {}", limit(budget), budget.why);
        }
    }
    out
}
