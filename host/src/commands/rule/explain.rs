//! `perfctl rule explain`: everything a rule has to say for itself.

use std::fmt::Write as _;

use clap::Args;
use perfctl_core::ids::RuleId;
use perfctl_core::rule::{Layer, Rule};
use perfctl_runtime::pack::{LoadedRule, Packs};
use perfctl_wire::record;
use serde::Serialize;

use super::awaited::Awaited;
use super::layout::{BOLD, DIM, markdown, paint, wrap};
use super::{Form, here, json};
use crate::cli::GlobalArgs;
use crate::error::{Answer, CommandError, Exit};
use crate::measured::Measured;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl rule explain ORG-001
  perfctl rule explain ORG-001 --format json";

/// Explains a rule: what it looks for, what that costs, an example, how to mend it, when it is wrong, how to measure it. Of an item
/// that a recipe measures it says by which steps and budgets, of one that waits for evidence what would decide it and who asks.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// Its id, or another id under which a checklist knows it
    #[arg(value_name = "ID")]
    id: String,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Form,
}

#[derive(Serialize)]
struct Explanation {
    schema: &'static str,
    #[serde(flatten)]
    rule: record::Rule,
    script: String,
}

/// Runs the command.
pub(super) fn run(args: &ExplainArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let (session, packs) = here(global, ui)?;
    let own = perfctl_engine::judge::silence::head();
    let (rule, script) = if args.id.trim().eq_ignore_ascii_case(own.id.as_str()) {
        // Suppressions are judged by the engine; that rule has no folder.
        (&own, String::new())
    } else {
        let loaded = match find(&packs, &args.id) {
            Ok(loaded) => loaded,
            Err(error) => match Measured::find(&session, &args.id) {
                Some(item) => return explain_item(&item, drawn_item, args.format, ui),
                None => {
                    return match Awaited::find(&session, &args.id)? {
                        Some(item) => explain_item(&item, Awaited::drawn, args.format, ui),
                        None => Err(error),
                    };
                }
            },
        };
        (&loaded.rule, loaded.judge_path())
    };
    match args.format {
        Form::Json => {
            let explanation = Explanation {
                schema: "perfctl.rule-help/1",
                rule: record::Rule::from(rule),
                script,
            };
            ui.result(&json(&explanation)?)?;
        }
        Form::Human => {
            let view = ui.view(false);
            let shelf = session.vocabulary()?.checklists;
            let beside = Beside {
                step: session.confirming().steps(rule),
                lines: crate::answered::lines(rule, shelf.readable().map(|file| &file.checklist)),
            };
            let text = drawn(rule, &beside, view.width, view.colour);
            ui.result(text.as_bytes())?;
        }
    }
    Ok(Exit::Clean)
}

/// Explains an item of the checklist that no rule owns.
fn explain_item<I: Serialize>(
    item: &I,
    drawn: impl Fn(&I, usize, bool) -> String,
    format: Form,
    ui: &Ui,
) -> Answer {
    #[derive(Serialize)]
    struct ItemHelp<'i, I> {
        schema: &'static str,
        #[serde(flatten)]
        item: &'i I,
    }
    match format {
        Form::Json => ui.result(&json(&ItemHelp {
            schema: "perfctl.item-help/1",
            item,
        })?)?,
        Form::Human => {
            let view = ui.view(false);
            ui.result(drawn(item, legible(view.width), view.colour).as_bytes())?;
        }
    }
    Ok(Exit::Clean)
}

fn drawn_item(item: &Measured, width: usize, colour: bool) -> String {
    let line = |text: &str| perfctl_report::neutral_line(text).into_owned();
    let mut out = String::new();
    for line in wrap(&line(&format!("{}: {}", item.id, item.title)), width) {
        let _ = writeln!(out, "{}", paint(&line, BOLD, colour));
    }
    let about = format!("no rule, but {}: no code decides it", item.what());
    for line in wrap(&line(&about), width) {
        let _ = writeln!(out, "{}", paint(&line, DIM, colour));
    }
    for recipe in &item.recipes {
        let budgets = recipe.budgets.iter().map(|budget| {
            let when = match budget.when.as_slice() {
                [] => String::new(),
                facts => format!(" (when {})", facts.join(", ")),
            };
            format!("{}{when}: {}", budget.limit, budget.why)
        });
        let steps = recipe.steps.iter();
        let steps = steps.map(|step| format!("{}: {}", step.id, step.title));
        let how = vec![format!("perfctl recipe run {}", recipe.name)];
        for (title, lines) in [
            ("What decides it", budgets.collect::<Vec<_>>()),
            ("What measures it", steps.collect()),
            ("How to measure it", how),
        ] {
            if lines.is_empty() {
                continue;
            }
            let _ = writeln!(out, "\n{}", paint(title, BOLD, colour));
            for text in &lines {
                let mut indent = "  ";
                for part in wrap(&line(text), width.saturating_sub(4)) {
                    let _ = writeln!(out, "{indent}{part}");
                    indent = "    ";
                }
            }
        }
    }
    out
}

/// Long lines are hard to read on any terminal.
fn legible(width: usize) -> usize {
    if width == 0 { 100 } else { width.min(100) }
}

/// The rule of that id or alias, whatever the case of its letters.
fn find<'p>(packs: &'p Packs, id: &str) -> Result<&'p LoadedRule, CommandError> {
    let id = id.trim().to_ascii_uppercase();
    if let Some(fault) = packs.broken.get(&RuleId::from(id.as_str())) {
        return Err(CommandError::usage(&fault.full)
            .hint(format!("mend the rule, then run `perfctl rule test {id}`")));
    }
    let named = |rule: &&LoadedRule| {
        rule.rule.id.as_str() == id || rule.rule.aliases.iter().any(|alias| alias.as_str() == id)
    };
    packs.rules.values().find(named).ok_or_else(|| {
        let known = packs.rules.keys().map(RuleId::as_str);
        let error = CommandError::usage(format!("there is no rule `{id}`"));
        let is_about = |rule: &&LoadedRule| {
            let mut words = rule.rule.keywords.iter().chain(&rule.rule.tags);
            words.any(|word| word.eq_ignore_ascii_case(&id))
        };
        let about = packs.rules.values().filter(is_about);
        let about: Vec<&str> = about.map(|rule| rule.rule.id.as_str()).collect();
        if !about.is_empty() {
            return error.hint(format!("rules about it are {}", about.join(", ")));
        }
        match perfctl_wire::table::nearest(&id, known) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`perfctl rule list` shows the rules that there are"),
        }
    })
}

/// What recipes and checklists say about a rule.
struct Beside {
    /// The steps that make its metric.
    step: Option<String>,
    /// The lines of checklists that it answers.
    lines: Vec<String>,
}

fn drawn(rule: &Rule, beside: &Beside, width: usize, colour: bool) -> String {
    let text = |text: &str| perfctl_report::neutral_line(text).into_owned();
    let width = legible(width);
    let mut out = String::new();
    for line in wrap(&text(&format!("{}: {}", rule.id, rule.title)), width) {
        let _ = writeln!(out, "{}", paint(&line, BOLD, colour));
    }
    for line in facts(rule).iter().flat_map(|line| wrap(&text(line), width)) {
        let _ = writeln!(out, "{}", paint(&line, DIM, colour));
    }
    let help = &rule.help;
    let measure = match &beside.step {
        Some(step) => format!("{}\n\nConfirmed by measurement: {step}.", help.measure),
        None => help.measure.clone(),
    };
    let why = match help.source.is_empty() {
        true => help.why.clone(),
        false => format!("{}\n\nSource: {}", help.why, help.source),
    };
    // A comment cannot allow what is said of comments.
    let is_own = rule.id.as_str() == perfctl_engine::judge::silence::SUPPRESS;
    let silence = match is_own {
        true => format!(
            "No comment silences it: mend or remove the one that it is about, or leave it out with `--ignore {0}`.",
            rule.id
        ),
        false => format!(
            "In code, with a reason, on the line or above it: `perfctl: allow {0} -- reason [until 2027-01-31]` in a comment. For paths: \
         `[[waive]]` in `.perfctl.toml`.",
            rule.id
        ),
    };
    let answers: Vec<String> = beside
        .lines
        .iter()
        .map(|line| format!("- {line}"))
        .collect();
    let answers = answers.join("\n");
    let [example, fix] = [&help.example, &help.fix].map(|text| perfctl_report::labelled(text));
    for (title, body) in [
        ("What it looks for", help.what.as_str()),
        ("Why", &why),
        ("What is found", &example),
        ("How to mend it", &fix),
        ("When it is wrong", &help.false_alarms),
        ("How to measure it", &measure),
        ("What it answers", &answers),
        ("How to silence it", &silence),
    ] {
        if !body.trim().is_empty() {
            let _ = write!(
                out,
                "\n{}\n{}",
                paint(title, BOLD, colour),
                markdown(body, 2, width)
            );
        }
    }
    out
}

/// The rule's data, a line each.
fn facts(rule: &Rule) -> Vec<String> {
    let languages = match rule.languages.is_empty() {
        true => "files of any language".to_owned(),
        false => rule.languages.join(", "),
    };
    let layer = match &rule.layer {
        Layer::BuiltIn => "built in".to_owned(),
        Layer::User(path) | Layer::Organisation(path) | Layer::Repository(path) => {
            format!("{}, {}", rule.layer.word(), path.display())
        }
    };
    let mut lines = vec![format!(
        "{} severity, {}, effort {} per finding; {languages}",
        rule.severity, rule.category, rule.effort
    )];
    match rule.pack.as_str() {
        "" => lines.push(layer),
        pack => lines.push(format!("pack {pack} ({layer})")),
    }
    for (language, why) in &rule.elsewhere {
        lines.push(format!("not for {language}: {why}"));
    }
    if let Some(fix) = rule.fix {
        let how = match fix.word() {
            "safe" => "at most safe, which keeps behaviour; each finding says what its own is",
            "unsafe" => {
                "at most unsafe, which may change behaviour; each finding says what its own is"
            }
            _ => "shown-only, a diff that is never written",
        };
        lines.push(format!("fix: {how}"));
    }
    if let Some(metric) = &rule.metric {
        lines.push(format!("confirmed by the metric {metric}"));
    }
    if !rule.keywords.is_empty() {
        lines.push(format!("about: {}", rule.keywords.join(", ")));
    }
    if !rule.tags.is_empty() {
        lines.push(format!("tags: {}", rule.tags.join(", ")));
    }
    if !rule.aliases.is_empty() {
        let aliases: Vec<&str> = rule.aliases.iter().map(RuleId::as_str).collect();
        lines.push(format!("also known as {}", aliases.join(", ")));
    }
    lines
}
