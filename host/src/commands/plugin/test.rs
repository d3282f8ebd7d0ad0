//! `perfctl plugin test`: the cases of rules, as `perfctl rule test` runs them, and those of collectors and formats, each a folder with what goes in and
//! what has to come out.

pub(super) mod collector;
mod document;
pub(super) mod place;
pub(super) mod reporter;

use std::collections::BTreeSet;
use std::path::PathBuf;

use perfctl_core::seams::Stop;
use perfctl_runtime::lua::vm::ScriptError;

use crate::assets;
use crate::cli::GlobalArgs;
use crate::commands::rule::{Form, TestArgs, json, test as rules, watch};
use crate::error::{Answer, CommandError, Exit};
use crate::extensions::Extensions;
use crate::interrupt::Interrupt;
use crate::plugins::is_plugin;
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
    if expected.trim().is_empty() {
        return vec![
            "`error` is empty, and every error says that: write a part of what it says".to_owned(),
        ];
    }
    match answer {
        Err(error) if error.message.contains(expected.trim()) => Vec::new(),
        Err(error) => vec![format!(
            "the error does not say `{}`; it says:\n{}",
            expected.trim(),
            error.message
        )],
        Ok(_) => vec![format!(
            "no error, where one should say `{}`",
            expected.trim()
        )],
    }
}

/// Runs the command.
pub(super) fn run(args: &TestArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let named = Named::of(args)?;
    if named.places.is_empty() {
        return rules::run(args, global, ui);
    }
    if args.format == Form::Json && !named.others.is_empty() {
        return Err(CommandError::usage(format!(
            "`--format json` writes one document, and cases of rules have another than those of collectors and formats: test {} by itself",
            named.others.join(", ")
        )));
    }
    let stop = Interrupt::listen();
    let here = rules::here()?;
    if !args.watch {
        return once(&named, args, global, ui, &stop);
    }
    watch::check(args.format)?;
    let mut packs: BTreeSet<PathBuf> = named.places.into_iter().map(|one| one.pack).collect();
    if !named.others.is_empty() {
        packs.extend(rules::packs(&here, &named.others)?);
    }
    // What the arguments mean may change while somebody writes.
    watch::run(&packs, &here, ui, &stop, || {
        once(&Named::of(args)?, args, global, ui, &stop)
    })
}

/// What the arguments name.
struct Named {
    /// Collectors and formats.
    places: Vec<Place>,
    /// All else, which are rules.
    others: Vec<String>,
}

impl Named {
    fn of(args: &TestArgs) -> Result<Self, CommandError> {
        let here = [".".to_owned()];
        let written = match args.rules.as_slice() {
            [] => &here,
            some => some,
        };
        let (mut places, mut others) = (Vec::new(), Vec::new());
        for argument in written {
            if is_plugin(std::path::Path::new(argument)) {
                return Err(CommandError::usage(format!(
                    "{argument} is a plugin in one file, which holds no cases"
                ))
                .hint("they lie beside its source: test the folder of the pack")
                .hint(format!(
                    "`perfctl plugin inspect {argument}` says what the file holds"
                )));
            }
            match Place::of(argument)? {
                Some(place) => places.push(place),
                None => others.push(argument.clone()),
            }
        }
        Ok(Self { places, others })
    }
}

/// Runs all cases, and says what came of them.
fn once(named: &Named, args: &TestArgs, global: &GlobalArgs, ui: &Ui, stop: &dyn Stop) -> Answer {
    let mut all = Vec::new();
    let mut unread = Vec::new();
    for place in &named.places {
        unread.extend(test(place, &mut all, ui, stop)?);
    }
    if stop.requested() {
        ui.warn("interrupted: not every case was run");
        return Ok(Exit::Interrupted);
    }
    let document = document::Document::of(&all, &unread);
    match args.format {
        Form::Human => {
            let text = document::drawn(&all, ui.view(false).colour);
            ui.result(text.as_bytes())?;
        }
        Form::Json => ui.result(&json(&document)?)?,
    }
    let own = match document.passed {
        true => Exit::Clean,
        false => Exit::Findings,
    };
    if named.others.is_empty() {
        return Ok(own);
    }
    let args = TestArgs {
        rules: named.others.clone(),
        ..args.clone()
    };
    Ok(
        match rules::once(&args, global, ui, &rules::here()?, stop)? {
            Exit::Clean => own,
            other => other,
        },
    )
}

/// Tests what a place means. Answers what of the pack could not be read.
fn test(
    place: &Place,
    all: &mut Vec<Tested>,
    ui: &Ui,
    stop: &dyn Stop,
) -> Result<Vec<String>, CommandError> {
    let mut pack = assets::own_pack(&place.pack)?;
    if let Some(shown) = place.shown() {
        pack.shown = shown;
    }
    let extensions = Extensions::of(&[pack]);
    let problems = extensions.problems.iter();
    let unread: Vec<String> = problems
        .map(|problem| format!("{}: {}", problem.subject, problem.message))
        .collect();
    for problem in &unread {
        ui.warn(problem);
    }
    let before = all.len();
    for one in extensions.collectors.iter() {
        if place.means(&one.head.name) {
            let run = |case: &PathBuf| collector::run(one, case);
            all.push(tested(place, "collector", &one.head.name, stop, run)?);
        }
    }
    for one in extensions.formats.iter() {
        if place.means(&one.head.name) {
            let run = |case: &PathBuf| reporter::run(one, case);
            all.push(tested(place, "format", &one.head.name, stop, run)?);
        }
    }
    if all.len() == before && unread.is_empty() {
        return Err(CommandError::usage(format!(
            "{} declares no collector or format{}",
            place.pack.join("pack.toml").display(),
            place
                .name
                .as_ref()
                .map_or(String::new(), |name| format!(" `{name}`"))
        )));
    }
    Ok(unread)
}

/// Runs the cases of one collector or format.
fn tested(
    place: &Place,
    what: &'static str,
    name: &str,
    stop: &dyn Stop,
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
    for case in cases.iter().take_while(|_| !stop.requested()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_held_against_what_it_says_and_an_empty_one_against_nothing() {
        let failed: Result<(), ScriptError> = Err(ScriptError {
            place: String::new(),
            message: "no number in line 3".to_owned(),
        });
        assert!(against_error(" in line 3\n", &failed).is_empty());
        for (expected, answer) in [
            ("", &failed),
            (" \n", &failed),
            ("line 4", &failed),
            ("x", &Ok(())),
        ] {
            assert_eq!(against_error(expected, answer).len(), 1, "{expected}");
        }
    }
}
