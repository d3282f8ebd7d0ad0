//! `perfctl rule eval`: how right rules are on real code that people have labelled.

mod labels;
mod mirror;
mod scan;
mod shown;
mod slips;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use perfctl_core::ids::RuleId;
use perfctl_core::label::Matching;
use perfctl_core::seams::Stop as _;
use perfctl_engine::rules::Choice;
use perfctl_engine::score::{Mistake, Score};

use super::{Form, json};
use crate::adapters::rules::Rules;
use crate::cli::{GlobalArgs, OutputArgs};
use crate::commands::check::command_layer;
use crate::error::{Answer, CommandError, Exit};
use crate::interrupt::Interrupt;
use crate::session::Session;
use crate::ui::Ui;

const EXAMPLES: &str = "\
Examples:
  perfctl rule eval --labels tests/labels --repos tests/labels/repos.json --mirror ~/mirror
  perfctl rule eval --labels tests/labels --repos tests/labels/repos.json --fetch
  perfctl rule eval --labels labels.jsonl --mirror ~/mirror --select ORG-001 --show all
  perfctl rule eval --labels labels.jsonl --repos repos.json --sarif other    of another tool

Columns: RIGHT findings meet a label of a defect; WRONG ones meet one that says there is none, or are NEW: no label speaks of them
although all defects are labelled there (`exhaustive_rules`). PRECISION is RIGHT / (RIGHT + WRONG). FOUND are the labelled defects that
a finding meets, OF how many; RECALL is their share. What no label can decide counts nowhere.

`perfctl schema label` says what a label is. Exit code: 1 below `--min-precision` or `--min-recall`, 3 when a repository
was not scored, or a rule broke in one.";

/// Scores rules on labelled real repositories: precision and recall per rule, pooled, and as means over rules and repositories.
/// Repositories are checked out at the labelled commit, into a temporary place.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvalArgs {
    /// Files of labels, one per line as JSON, or directories with such files (*.jsonl)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE|DIR", value_hint = ValueHint::AnyPath)]
    labels: Vec<PathBuf>,
    /// What was read of which repository: commits, roots, rules that are labelled exhaustively
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    repos: Option<PathBuf>,
    /// A directory with repositories, as owner+name or owner/name, bare or not; it is not written to (repeat)
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    mirror: Vec<PathBuf>,
    /// Clone what no mirror holds
    #[arg(long)]
    fetch: bool,
    /// Rules to score: an id, tag:X or category:X (repeat or separate with commas)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// List places: found wrongly, missed, found without a label, or all of them
    #[arg(long, value_enum, value_name = "KIND")]
    show: Option<Show>,
    /// Score the SARIF files of this directory, named owner+name.sarif, instead of running rules
    #[arg(long, value_name = "DIR", conflicts_with_all = ["mirror", "fetch"], value_hint = ValueHint::DirPath)]
    sarif: Option<PathBuf>,
    /// Write what was found to this directory, as owner+name.sarif
    #[arg(long, value_name = "DIR", conflicts_with = "sarif", value_hint = ValueHint::DirPath)]
    write_sarif: Option<PathBuf>,
    /// Lowest pooled precision, from 0 to 1; below it the exit code is 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_precision: Option<f64>,
    /// Lowest pooled recall, from 0 to 1; below it the exit code is 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_recall: Option<f64>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Form,
    /// Write the result to a file instead of standard output, which is `-`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Which places are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Show {
    /// Found, and labelled as no defect
    Fp,
    /// Labelled as a defect, and not found
    Fn,
    /// Found, and no label speaks of it although all defects are labelled
    New,
    /// All of them
    All,
}

impl Show {
    fn takes(self, mistake: Mistake) -> bool {
        self == Show::All
            || mistake
                == match self {
                    Show::Fp => Mistake::Wrong,
                    Show::Fn => Mistake::Missed,
                    Show::New | Show::All => Mistake::New,
                }
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("write a share from 0 to 1, such as 0.92".to_owned()),
    }
}

/// What came of one repository.
enum Outcome {
    /// It was scored.
    Scored(Scored),
    /// It could not be scored, and why.
    NotScored(String),
}

/// The score of a repository with what a reader of it has to know.
#[derive(Default)]
struct Scored {
    score: Score,
    /// What makes the score say less than it should; each a sentence.
    troubles: Vec<String>,
    /// What else is to be said.
    notes: Vec<String>,
}

/// What is asked of the rules.
struct Asked {
    /// How findings meet labels.
    matching: Matching,
    /// Ids and aliases of the rules that are scored; `None` for all.
    only: Option<BTreeSet<RuleId>>,
}

/// Runs the command.
pub(super) fn run(args: &EvalArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let output = OutputArgs {
        format: None,
        output: args.output.clone(),
    };
    output.check()?;
    let stop = Interrupt::listen();
    let units = labels::units(&args.labels, args.repos.as_deref())?;
    let session = Session::open(
        None,
        command_layer(&args.select, &[], None, None),
        global,
        ui,
    )?;
    let rules = session.rules()?;
    if args.sarif.is_none() {
        for note in session.check_selectors(&rules)? {
            ui.say(&format!("note: {note}"));
        }
    }
    let asked = asked(&args.select, &session, &rules);
    let units: Vec<labels::Unit> = units
        .into_iter()
        .filter(|unit| unit.concerns(asked.only.as_ref()))
        .collect();
    if units.is_empty() {
        return Err(CommandError::usage("no label speaks of these rules")
            .hint("see which rules the labels name, or leave `--select` out"));
    }
    let outcomes = match &args.sarif {
        Some(dir) => scan::of_sarif(&units, dir, &asked)?,
        None => scan::all(&units, args, &asked, global, ui, &stop)?,
    };
    let result = shown::Evaluation::of(&units, outcomes);
    if result.scored() == 0 && !stop.requested() {
        return Err(nothing_scored(args, &result));
    }
    let bytes = match args.format {
        Form::Json => json(&result.document(args.show))?,
        Form::Human => {
            let view = ui.view(output.file().is_some());
            let text = result.drawn(args.show, global.verbose > 0, view.colour);
            text.into_bytes()
        }
    };
    ui.deliver(&bytes, output.output.as_deref())?;
    // People who read the figures have read it below them.
    if args.format == Form::Json || output.file().is_some() {
        for fault in result.faults() {
            ui.warn(&fault);
        }
    }
    if let Some(file) = output.file() {
        ui.say(&format!(
            "perfctl: {}; written to {}",
            result.headline(),
            file.display()
        ));
    }
    if stop.requested() {
        ui.warn("interrupted: not every repository was scored");
        return Ok(Exit::Interrupted);
    }
    let below = [
        ("precision", result.total.precision(), args.min_precision),
        ("recall", result.total.recall(), args.min_recall),
    ]
    .into_iter()
    .filter_map(|(name, figure, least)| below(name, figure, least?))
    .collect::<Vec<_>>();
    for said in &below {
        ui.warn(said);
    }
    Ok(match (below.is_empty(), result.is_whole()) {
        (false, _) => Exit::Findings,
        (true, false) => Exit::Failures,
        (true, true) => Exit::Clean,
    })
}

/// That a figure is below what is asked for, as a sentence.
fn below(name: &str, figure: Option<f64>, least: f64) -> Option<String> {
    match figure {
        Some(figure) if figure >= least => None,
        Some(figure) => Some(format!(
            "pooled {name} is {figure:.3}, below the {least} that is asked for"
        )),
        None => Some(format!(
            "there is nothing to tell {name} by, and {least} is asked for"
        )),
    }
}

fn asked(select: &[String], session: &Session, rules: &Rules) -> Asked {
    let only = (!select.is_empty()).then(|| {
        let limits = session.limits(Vec::new());
        let chosen = rules
            .all_heads()
            .filter(|rule| limits.choice(rule) == Choice::Run);
        let named = select.iter().map(|word| RuleId::from(word.as_str()));
        chosen
            .flat_map(|rule| std::iter::once(&rule.id).chain(&rule.aliases))
            .cloned()
            .chain(named)
            .collect()
    });
    Asked {
        matching: rules.matching().clone(),
        only,
    }
}

fn nothing_scored(args: &EvalArgs, result: &shown::Evaluation<'_>) -> CommandError {
    let missing: Vec<String> = result.missing().take(3).collect();
    let error = CommandError::usage(format!(
        "none of {} labelled repositories could be scored: {}",
        result.all(),
        missing.join("; ")
    ));
    match (&args.sarif, args.mirror.as_slice(), args.fetch) {
        (Some(_), ..) | (None, _, true) => error,
        (None, [], false) => {
            error.hint("say where they are with `--mirror DIR`, or clone them with `--fetch`")
        }
        (None, _, false) => error.hint("`--fetch` clones what no mirror holds"),
    }
}

/// The name of a repository as a file's: `owner+name`, behind the host unless that is GitHub, where names without one are.
fn plain(repository: &str) -> String {
    let path = match repository.split_once("://") {
        Some((_, rest)) => {
            let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = authority
                .rsplit_once('@')
                .map_or(authority, |(_, host)| host);
            match host.to_ascii_lowercase() {
                host if host == "github.com" => path.to_owned(),
                host => format!("{host}/{path}"),
            }
        }
        None => repository.to_owned(),
    };
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    let clean = |c: char| match c {
        c if c.is_ascii_alphanumeric() || "-_.".contains(c) => c,
        _ => '_',
    };
    let parts = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != "..")
        .map(|part| part.chars().map(clean).collect::<String>());
    parts.collect::<Vec<_>>().join("+")
}

/// The SARIF file of a unit in `dir`.
fn sarif_file(dir: &Path, unit: &labels::Unit) -> PathBuf {
    let name = plain(&unit.name);
    dir.join(match unit.is_alone {
        true => format!("{name}.sarif"),
        false => format!("{name}@{:.12}.sarif", unit.commit),
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn repositories_of_the_same_name_on_two_hosts_are_two() {
        for same in [
            "shop/api",
            "https://github.com/shop/api.git",
            "https://me@GitHub.com/shop/api/",
        ] {
            assert_eq!(plain(same), "shop+api", "{same}");
        }
        for (name, file) in [
            ("https://gitlab.com/shop/api", "gitlab.com+shop+api"),
            (
                "ssh://git@git.shop.example:2222/shop/api.git",
                "git.shop.example_2222+shop+api",
            ),
            (
                "https://gitlab.com/shop/back/api",
                "gitlab.com+shop+back+api",
            ),
            (
                "https://gitlab.com/shop/front/api",
                "gitlab.com+shop+front+api",
            ),
            ("file:///srv/git/api.git", "srv+git+api"),
        ] {
            assert_eq!(plain(name), file);
        }
    }
}
