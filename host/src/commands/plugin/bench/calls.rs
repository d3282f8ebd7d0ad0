//! What a call of each collector or format of a pack costs, on its cases: starting an instance and handing the bytes over are part of it, as in a run.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use perfctl_core::seams::Stop as _;
use perfctl_runtime::clock::processor_time;
use perfctl_runtime::plugin::Heard;
use perfctl_wire::rule::CallLimits;
use serde::Serialize;

use super::super::test::place::Place;
use super::super::test::{collector, reporter};
use super::{BenchArgs, micros};
use crate::assets;
use crate::commands::rule::{Form, json};
use crate::error::{Answer, CommandError, Exit};
use crate::extensions::Extensions;
use crate::interrupt::Interrupt;
use crate::ui::Ui;

/// What a case cost in its quickest call.
#[derive(Serialize)]
struct Timed {
    name: String,
    case: String,
    /// Bytes that were read.
    input: usize,
    call_us: f64,
    /// The part of the time that a call may take.
    of_limit: f64,
    /// Why it was no call that ends well.
    note: Option<String>,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    runs: u32,
    calls: Vec<Timed>,
}

/// Times the cases of a pack of collectors or formats.
pub(super) fn run(place: &Place, args: &BenchArgs, ui: &Ui) -> Answer {
    if args.repo.is_some() {
        return Err(CommandError::usage(
            "`--repo` is for rules: collectors and formats are timed on their cases",
        )
        .hint("leave `--repo` out; an output of real size makes a case of its own"));
    }
    let pack = assets::own_pack(&place.pack)?;
    let extensions = Extensions::of(&[pack]);
    if let Some(problem) = extensions.problems.first() {
        let why = format!("{}: {}", problem.subject, problem.message);
        return Err(CommandError::usage(why));
    }
    let stop = Interrupt::listen();
    let mut bench = Bench {
        runs: args.runs,
        stop: &stop,
        timed: Vec::new(),
    };
    for one in extensions.collectors.iter() {
        let head = &one.head;
        if !place.means(&head.name) {
            continue;
        }
        for case in place.cases(&head.name)? {
            let given = collector::Given::read(one, &case).map_err(|why| cannot(&case, &why))?;
            let call = || given.hand_to(one);
            bench.time(&head.name, &case, given.size(), head.limits, call);
        }
    }
    for one in extensions.formats.iter() {
        let head = &one.head;
        if !place.means(&head.name) {
            continue;
        }
        for case in place.cases(&head.name)? {
            let given = reporter::Given::read(&case).map_err(|why| cannot(&case, &why))?;
            let call = || given.hand_to(one);
            bench.time(&head.name, &case, given.size(), head.limits, call);
        }
    }
    let calls = bench.timed;
    if stop.requested() {
        ui.warn("interrupted: nothing was measured to its end");
        return Ok(Exit::Interrupted);
    }
    if calls.is_empty() {
        let dir = place.pack.display();
        return Err(CommandError::usage(format!("{dir} has no cases to run"))
            .hint("`perfctl plugin test` says what a case is made of"));
    }
    match args.format {
        Form::Human => ui.text(&drawn(&calls, args.runs))?,
        Form::Json => ui.result(&json(&Document {
            schema: "perfctl.plugin-bench/1",
            runs: args.runs,
            calls,
        })?)?,
    }
    Ok(Exit::Clean)
}

/// A case that cannot be read.
fn cannot(case: &Path, why: &str) -> CommandError {
    CommandError::usage(format!("{}: {why}", case.display()))
}

struct Bench<'b> {
    runs: u32,
    stop: &'b Interrupt,
    timed: Vec<Timed>,
}

impl Bench<'_> {
    /// Calls again and again; the quickest call counts.
    fn time<T>(
        &mut self,
        name: &str,
        case: &Path,
        input: usize,
        limits: CallLimits,
        call: impl Fn() -> Heard<T>,
    ) {
        // The first call loads the component, which a run does once.
        let note = call().answer.err().map(|error| error.message);
        let mut best = Duration::MAX;
        for _ in 0..self.runs {
            if self.stop.requested() {
                return;
            }
            let begun = processor_time();
            let heard = call();
            best = best.min(processor_time().saturating_sub(begun));
            drop(heard);
        }
        let case = case.file_name().unwrap_or_default();
        self.timed.push(Timed {
            name: name.to_owned(),
            case: case.to_string_lossy().into_owned(),
            input,
            call_us: micros(best),
            of_limit: best.as_secs_f64() / limits.time.as_secs_f64(),
            note,
        });
    }
}

fn drawn(calls: &[Timed], runs: u32) -> String {
    let mut out = String::new();
    let width = |text: fn(&Timed) -> &str| {
        let lengths = calls.iter().map(|one| text(one).len());
        lengths.max().unwrap_or(4).max(4)
    };
    let (name, case) = (width(|one| &one.name), width(|one| &one.case));
    let _ = writeln!(
        out,
        "{:name$}  {:case$}  {:>11}  {:>11}  {:>8}",
        "name", "case", "input", "per call", "of limit"
    );
    for one in calls {
        let _ = writeln!(
            out,
            "{:name$}  {:case$}  {:>11}  {:>11}  {:>8}",
            one.name,
            one.case,
            format!("{} B", one.input),
            format!("{:.1} us", one.call_us),
            format!("{:.1} %", one.of_limit * 100.0),
        );
        if let Some(note) = &one.note {
            let note = perfctl_report::neutral_line(note);
            let _ = writeln!(out, "{:name$}  ended with: {note}", "");
        }
    }
    let _ = writeln!(
        out,
        "processor time of the quickest of {runs} calls; starting an instance is part of each, loading the component is not"
    );
    out
}
