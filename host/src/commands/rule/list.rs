//! `perfctl rule list`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use perfctl_core::rule::Rule;
use perfctl_core::scale::Severity;
use perfctl_report::{PageRule, rules_page};
use serde::Serialize;

use super::layout::{BOLD, DIM, RED, YELLOW, paint, table};
use super::{here, json};
use crate::answered;
use crate::cli::{GlobalArgs, OutputArgs};
use crate::error::{Answer, CommandError, Exit};
use crate::session::Session;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl rule list                               built-in rules and those of your settings
  perfctl rule list --format json --config org    with those of the organisation's directory `org`
  perfctl rule list --format html > rules.html     a page with a search";

/// Lists the rules that would run here, of all layers.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: ListForm,
    /// Write the result to a file instead of standard output, which is `-`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Forms of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListForm {
    /// For people
    Human,
    /// For programs
    Json,
    /// A page with every rule's texts
    Html,
}

/// One rule of the list, as programs read it.
#[derive(Serialize)]
struct Entry<'r> {
    id: &'r str,
    aliases: Vec<&'r str>,
    severity: &'static str,
    title: &'r str,
    category: &'r str,
    tags: &'r [String],
    keywords: &'r [String],
    languages: &'r [String],
    effort: &'static str,
    fix: Option<&'static str>,
    metric: Option<&'r str>,
    pack: &'r str,
    layer: &'static str,
}

#[derive(Serialize)]
struct Broken<'r> {
    id: &'r str,
    message: &'r str,
}

#[derive(Serialize)]
struct List<'r> {
    schema: &'static str,
    rules: Vec<Entry<'r>>,
    broken: Vec<Broken<'r>>,
}

impl<'r> Entry<'r> {
    fn of(rule: &'r Rule) -> Self {
        Self {
            id: rule.id.as_str(),
            aliases: rule.aliases.iter().map(|alias| alias.as_str()).collect(),
            severity: rule.severity.word(),
            title: &rule.title,
            category: &rule.category,
            tags: &rule.tags,
            keywords: &rule.keywords,
            languages: &rule.languages,
            effort: rule.effort.word(),
            fix: rule.fix.map(|safety| safety.word()),
            metric: rule.metric.as_ref().map(|metric| metric.as_str()),
            pack: &rule.pack,
            layer: rule.layer.word(),
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &ListArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let output = OutputArgs {
        format: None,
        output: args.output.clone(),
    };
    output.check()?;
    let (session, packs) = here(global, ui)?;
    let rules: Vec<&Rule> = packs.rules.values().map(|rule| &rule.rule).collect();
    let broken = packs.broken.iter().map(|(id, why)| Broken {
        id: id.as_str(),
        message: &why.full,
    });
    let bytes = match args.format {
        ListForm::Json => {
            let rules = rules.into_iter().map(Entry::of).collect();
            json(&List {
                schema: "perfctl.rules/1",
                rules,
                broken: broken.collect(),
            })?
        }
        ListForm::Human | ListForm::Html => {
            for one in broken {
                ui.warn(&format!("{} cannot be read:\n{}", one.id, one.message));
            }
            let view = ui.view(output.file().is_some());
            match args.format {
                ListForm::Html => page(&session, &rules)?.into_bytes(),
                _ => drawn(&rules, view.width, view.colour).into_bytes(),
            }
        }
    };
    ui.deliver(&bytes, args.output.as_deref())?;
    Ok(Exit::Clean)
}

/// Every rule with its texts, what confirms it and which lines of checklists it answers.
fn page(session: &Session, rules: &[&Rule]) -> Result<String, CommandError> {
    let confirming = session.confirming();
    let shelf = session.vocabulary()?.checklists;
    let own = perfctl_engine::judge::silence::head();
    let all = rules.iter().copied().chain([&own]);
    let pages: Vec<PageRule<'_>> = all
        .map(|rule| PageRule {
            rule,
            confirmed_by: confirming.steps(rule),
            lines: answered::lines(rule, shelf.readable().map(|file| &file.checklist)),
        })
        .collect();
    Ok(rules_page(&pages, env!("CARGO_PKG_VERSION")))
}

fn drawn(rules: &[&Rule], width: usize, colour: bool) -> String {
    let mut rows = vec![
        ["RULE", "SEVERITY", "TITLE", "LANGUAGES", "PACK", "LAYER"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(rules.iter().map(|rule| {
        let languages = match rule.languages.is_empty() {
            true => "files".to_owned(),
            false => rule.languages.join(", "),
        };
        let cells = [
            rule.id.as_str(),
            rule.severity.word(),
            &rule.title,
            &languages,
            &rule.pack,
            rule.layer.word(),
        ];
        cells
            .map(|cell| perfctl_report::neutral_line(cell).into_owned())
            .to_vec()
    }));
    let mut out = String::new();
    for (at, mut cells) in table(&rows, 2, width).into_iter().enumerate() {
        match at.checked_sub(1).map(|at| rules[at]) {
            None => cells
                .iter_mut()
                .for_each(|cell| *cell = paint(cell, DIM, colour)),
            Some(rule) => {
                cells[0] = paint(&cells[0], BOLD, colour);
                cells[1] = match rule.severity {
                    Severity::Critical | Severity::High => paint(&cells[1], RED, colour),
                    Severity::Medium => paint(&cells[1], YELLOW, colour),
                    Severity::Low => cells[1].clone(),
                };
            }
        }
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}
