//! `perfctl plugin test`: the cases of rules, as `perfctl rule test` runs them, and those of collectors and formats, each a folder with what goes in and
//! what has to come out.

mod collector;
mod document;
mod place;
mod reporter;

use std::path::PathBuf;

use perfctl_runtime::lua::vm::ScriptError;

use crate::assets;
use crate::cli::GlobalArgs;
use crate::commands::rule::{Form, TestArgs, json, run_test};
use crate::error::{Answer, CommandError, Exit};
use crate::extensions::Extensions;
use crate::ui::Ui;
use place::Place;

/// What came of one case.
pub(super) struct CaseResult {
    /// The name of its folder.
    pub(super) name: String,
    /// What is not as it should be.
    pub(super) faults: Vec<String>,
    /// What the plugin printed, a line each.
    pub(super) printed: Vec<String>,
}

/// What came of a collector or format.
pub(super) struct Tested {
    /// The id of the plugin.
    pub(super) plugin: String,
    /// `collector` or `format`.
    pub(super) what: &'static str,
    /// Its name.
    pub(super) name: String,
    /// Its cases.
    pub(super) cases: Vec<CaseResult>,
    /// What is wrong with it as a whole.
    pub(super) faults: Vec<String>,
}

impl Tested {
    /// Whether nothing failed.
    pub(super) fn is_pass(&self) -> bool {
        self.faults.is_empty() && self.cases.iter().all(|case| case.faults.is_empty())
    }
}

/// What a case that has to end with an error says of how it ended.
pub(super) fn against_error<T>(expected: &str, answer: &Result<T, ScriptError>) -> Vec<String> {
    match answer {
        Err(error) if error.message.contains(expected.trim()) => Vec::new(),
        Err(error) => vec![format!(
            "the error is `{}`, and does not say `{}`",
            error.message,
            expected.trim()
        )],
        Ok(_) => vec![format!(
            "no error, where one should say `{}`",
            expected.trim()
        )],
    }
}

/// Runs the command.
pub(super) fn run(args: &TestArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let mut places = Vec::new();
    let mut others = Vec::new();
    let here = [".".to_owned()];
    let named = match args.rules.as_slice() {
        [] => &here,
        some => some,
    };
    for argument in named {
        match Place::of(argument)? {
            Some(place) => places.push(place),
            None => others.push(argument.clone()),
        }
    }
    if places.is_empty() {
        return run_test(args, global, ui);
    }
    if args.watch {
        return Err(CommandError::usage(
            "`--watch` goes on with the cases of rules, and this is a pack of collectors or formats of reports",
        ));
    }
    let mut all = Vec::new();
    let mut is_whole = true;
    for place in &places {
        is_whole &= test(place, &mut all, ui)?;
    }
    match args.format {
        Form::Human => {
            let text = document::drawn(&all, ui.view(false).colour);
            ui.result(text.as_bytes())?;
        }
        Form::Json => ui.result(&json(&document::Document::of(&all))?)?,
    }
    let passed = is_whole && all.iter().all(Tested::is_pass);
    let own = if passed { Exit::Clean } else { Exit::Findings };
    if others.is_empty() {
        return Ok(own);
    }
    let rules = TestArgs {
        rules: others,
        ..args.clone()
    };
    Ok(match run_test(&rules, global, ui)? {
        Exit::Clean => own,
        other => other,
    })
}

/// Tests what a place means. Answers whether all of the pack could be read.
fn test(place: &Place, all: &mut Vec<Tested>, ui: &Ui) -> Result<bool, CommandError> {
    let mut pack = assets::own_pack(&place.pack)?;
    if let Some(shown) = place.shown() {
        pack.shown = shown;
    }
    let extensions = Extensions::of(&[pack]);
    for problem in &extensions.problems {
        ui.warn(&format!("{}: {}", problem.subject, problem.message));
    }
    let before = all.len();
    for one in extensions.collectors() {
        if place.means(&one.head.name) {
            let run = |case: &PathBuf| collector::run(one, case);
            all.push(tested(place, "collector", &one.head.name, run)?);
        }
    }
    for one in extensions.formats() {
        if place.means(&one.head.name) {
            let run = |case: &PathBuf| reporter::run(one, case);
            all.push(tested(place, "format", &one.head.name, run)?);
        }
    }
    if all.len() == before && extensions.problems.is_empty() {
        return Err(CommandError::usage(format!(
            "{} declares no collector or format{}",
            place.pack.join("pack.toml").display(),
            place
                .name
                .as_ref()
                .map_or(String::new(), |name| format!(" `{name}`"))
        )));
    }
    Ok(extensions.problems.is_empty())
}

/// Runs the cases of one collector or format.
fn tested(
    place: &Place,
    what: &'static str,
    name: &str,
    run: impl Fn(&PathBuf) -> Result<(Vec<String>, Vec<String>), String>,
) -> Result<Tested, CommandError> {
    let mut tested = Tested {
        plugin: place.id(),
        what,
        name: name.to_owned(),
        cases: Vec::new(),
        faults: Vec::new(),
    };
    let cases = place.cases(name)?;
    if cases.is_empty() {
        let needs = match what {
            "collector" => "`output` and `expect.json`",
            _ => "`record.json` and `expected`",
        };
        tested.faults.push(format!(
            "no cases: make folders in {name}/cases, each with {needs}"
        ));
    }
    for case in &cases {
        let (faults, printed) = run(case).unwrap_or_else(|why| (vec![why], Vec::new()));
        let name = case.file_name().unwrap_or_default();
        tested.cases.push(CaseResult {
            name: name.to_string_lossy().into_owned(),
            faults,
            printed,
        });
    }
    Ok(tested)
}

/// The text of a file of a case; `None` where there is none.
fn text(case: &std::path::Path, name: &str) -> Result<Option<String>, String> {
    bytes(case, name)?
        .map(|bytes| String::from_utf8(bytes).map_err(|_| format!("{name} is no text")))
        .transpose()
}

/// The bytes of a file of a case; `None` where there is none.
fn bytes(case: &std::path::Path, name: &str) -> Result<Option<Vec<u8>>, String> {
    match std::fs::read(case.join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("cannot read {name}: {error}")),
    }
}
