//! One command step: placeholders, attempts, raw outputs, and what the collector makes of the last attempt.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use perfctl_core::event::Event;
use perfctl_core::recipe::{Command, Repeat, Step};
use perfctl_core::run::StepStatus;
use perfctl_core::seams::{Output, Stop};

use super::outputs::{self, Shown, first_line, last_line};
use super::{Bench, Seen};
use crate::seams::{CommandEnd, CommandError, CommandOutcome, CommandSpec};
use perfctl_core::placeholder::expand;

/// No repetition waits longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How often a pause asks whether to stop.
const BEAT: Duration = Duration::from_millis(20);

/// Looks up a placeholder.
pub(super) type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// Runs the command of `step`.
pub(super) fn run(
    bench: &Bench<'_>,
    step: &Step,
    order: &Command,
    value: Lookup<'_>,
    seen: &mut Seen,
) -> StepStatus {
    let builds = bench
        .plan
        .preparation
        .as_ref()
        .is_some_and(|there| there.involves(&step.id));
    if builds {
        match bench.preparing() {
            Ok(true) => {}
            Ok(false) => {
                seen.record
                    .notes
                    .push("used again as an earlier run prepared it".to_owned());
                return StepStatus::Ok;
            }
            Err(_) if bench.means.stop.requested() => return StepStatus::Interrupted,
            Err(why) => return StepStatus::Failed(why),
        }
    }
    let (spec, options) = match ready(bench, step, order, value) {
        Ok(ready) => ready,
        Err(why) => return StepStatus::NeedsEvidence(why),
    };
    seen.record.argv.clone_from(&spec.argv);
    let status = repeat(bench, step, order, (&spec, &options), seen);
    if builds
        && status == StepStatus::Ok
        && let Err(why) = bench.prepared(&step.id)
    {
        return StepStatus::Failed(why);
    }
    status
}

/// The command and the collector's options with every placeholder replaced.
fn ready(
    bench: &Bench<'_>,
    step: &Step,
    order: &Command,
    value: Lookup<'_>,
) -> Result<(CommandSpec, BTreeMap<String, String>), String> {
    let map = |texts: &BTreeMap<String, String>| expand_map(texts, value);
    let argv: Result<Vec<String>, String> =
        order.argv.iter().map(|text| expand(text, value)).collect();
    let builds = bench
        .plan
        .preparation
        .as_ref()
        .filter(|there| there.involves(&step.id));
    let mut readable = bench.plan.readable.clone();
    readable.retain(|path| path.exists());
    let spec = CommandSpec {
        step: step.id.clone(),
        argv: argv?,
        env: map(&order.env)?,
        root: bench.checkout.root().to_owned(),
        cwd: order
            .cwd
            .as_ref()
            .map(|cwd| expand(cwd, value))
            .transpose()?,
        timeout: step.timeout,
        network: step.needs.network,
        readable,
        writable: builds
            .map(|there| there.content())
            .into_iter()
            .collect::<Vec<PathBuf>>(),
        prepared: bench
            .plan
            .preparation
            .iter()
            .map(|there| there.content())
            .collect(),
    };
    Ok((spec, map(&order.options)?))
}

/// Replaces the placeholders of all values.
pub(super) fn expand_map(
    texts: &BTreeMap<String, String>,
    value: Lookup<'_>,
) -> Result<BTreeMap<String, String>, String> {
    texts
        .iter()
        .map(|(name, text)| Ok((name.clone(), expand(text, value)?)))
        .collect()
}

/// Runs as often as the recipe wants: warm-ups, of which only the outputs are kept, then those that are measured. Ends with
/// the first that does not end well, because a series with a hole says less than why there is one.
fn repeat(
    bench: &Bench<'_>,
    step: &Step,
    order: &Command,
    (spec, options): (&CommandSpec, &BTreeMap<String, String>),
    seen: &mut Seen,
) -> StepStatus {
    let Repeat {
        warm_ups,
        runs,
        within,
    } = order.repeat;
    let begun = Instant::now();
    let mut longest = Duration::ZERO;
    let (mut done, total) = (0, (warm_ups + runs.max(1)) as usize);
    let mut timed = |prefix: &str, seen: &mut Seen| {
        let started = Instant::now();
        let outcome = attempts(bench, step, order, spec, prefix, seen)?;
        done += 1;
        if total > 1 {
            let step = step.id.clone();
            let sink = bench.means.sink;
            sink.event(Event::StepProgress { step, done, total });
        }
        longest = longest.max(started.elapsed());
        let in_time = within.is_none_or(|within| begun.elapsed() + longest <= within);
        Ok((outcome, in_time))
    };
    let too_long = || {
        let within = within.unwrap_or_default().as_secs();
        format!("a further one would not have ended within {within} s")
    };
    for at in 1..=warm_ups {
        let (outcome, in_time) = match timed(&format!("warm-up-{at}."), seen) {
            Ok(run) => run,
            Err(status) => return status,
        };
        let worked = worked(order, outcome.end);
        if !worked || !in_time {
            // What takes that long is measured once; the caches it found are a small part of it.
            if worked {
                let note = format!("measured once, with cold caches: {}", too_long());
                seen.record.notes.push(note);
            }
            let status = conclude(bench, step, order, options, &outcome, seen);
            return hinted(status, step, &outcome);
        }
    }
    for run in 1..=runs.max(1) {
        let prefix = match run {
            1 => String::new(),
            run => format!("run-{run}."),
        };
        let (outcome, in_time) = match timed(&prefix, seen) {
            Ok(run) => run,
            Err(status) => return status,
        };
        let before = seen.metrics.len();
        let status = conclude(bench, step, order, options, &outcome, seen);
        let status = hinted(status, step, &outcome);
        outputs::gather(&mut seen.metrics, before);
        if status != StepStatus::Ok {
            return status;
        }
        if run < runs && !in_time {
            let note = format!("measured {run} of {runs} times: {}", too_long());
            seen.record.notes.push(note);
            break;
        }
    }
    StepStatus::Ok
}

/// Runs until an attempt worked or none is left, keeps every attempt's output, and answers the last outcome. An error is
/// the status of a step that was not run or not run to its end. Names of outputs begin with `run`.
fn attempts(
    bench: &Bench<'_>,
    step: &Step,
    order: &Command,
    spec: &CommandSpec,
    run: &str,
    seen: &mut Seen,
) -> Result<CommandOutcome, StepStatus> {
    let stop = bench.means.stop;
    let mut tries = 0;
    loop {
        tries += 1;
        seen.record.attempts = seen.record.attempts.max(tries);
        let outcome = match bench.means.commands.run(spec, stop) {
            Ok(outcome) => outcome,
            Err(CommandError::NotFound(program)) => {
                return Err(StepStatus::NeedsEvidence(format!(
                    "program `{program}` was not found"
                )));
            }
            Err(CommandError::Refused(why)) => return Err(StepStatus::Failed(why)),
        };
        let worked = worked(order, outcome.end);
        let is_last = worked || tries > step.retries;
        let interrupted = outcome.end == CommandEnd::Interrupted;
        let prefix = match tries {
            _ if is_last || interrupted => run.to_owned(),
            attempt => format!("{run}attempt-{attempt}."),
        };
        outputs::keep(bench, step, &prefix, &outcome, seen);
        note(&outcome, seen);
        if interrupted {
            return Err(StepStatus::Interrupted);
        }
        if is_last {
            return Ok(outcome);
        }
        tracing::info!(attempt = tries, end = ?outcome.end, "trying again");
        if !wait(pause_after(tries, bench.means.pause), stop) {
            return Err(StepStatus::Interrupted);
        }
    }
}

/// What the record says of every outcome.
fn note(outcome: &CommandOutcome, seen: &mut Seen) {
    seen.record.exit_code = match outcome.end {
        CommandEnd::Exited(code) => Some(code),
        _ => None,
    };
    seen.record.sandbox.clone_from(&outcome.sandbox);
    let mut say = |note: String| {
        if !seen.record.notes.contains(&note) {
            seen.record.notes.push(note);
        }
    };
    if !outcome.held {
        let why = outcome.sandbox.trim_start_matches("none: ");
        say(format!("ran without a sandbox: {why}"));
    }
    for note in &outcome.notes {
        say(note.clone());
    }
    if outcome.cut {
        say("an output was longer than what is kept of it".to_owned());
    }
}

/// The pause after the attempt with this number, from 1: `first` doubled with every attempt, up to [`LONGEST_PAUSE`].
fn pause_after(attempt: u32, first: Duration) -> Duration {
    let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
    first.saturating_mul(factor).min(LONGEST_PAUSE)
}

/// Pauses; `false` when `stop` asked meanwhile.
fn wait(pause: Duration, stop: &dyn Stop) -> bool {
    let until = Instant::now() + pause;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if stop.requested() {
            return false;
        }
        if left.is_zero() {
            return true;
        }
        thread::sleep(left.min(BEAT));
    }
}

fn worked(order: &Command, end: CommandEnd) -> bool {
    match end {
        CommandEnd::Exited(code) if order.ok_exit.is_empty() => code == 0,
        CommandEnd::Exited(code) => order.ok_exit.contains(&code),
        _ => false,
    }
}

/// The status after the last attempt. A collector reads the output of a failed command too, because it may know what
/// was lacking: then the items need evidence, and nothing is broken.
fn conclude(
    bench: &Bench<'_>,
    step: &Step,
    order: &Command,
    options: &BTreeMap<String, String>,
    outcome: &CommandOutcome,
    seen: &mut Seen,
) -> StepStatus {
    let collected = order.collector.as_ref().map(|name| {
        let Some(collector) = bench.means.collectors.get(name) else {
            return Err(format!("no collector is called `{name}`"));
        };
        let redactor = bench.means.redactor;
        let (shown, harmless);
        let (stdout, stderr, options) = match collector.is_foreign() {
            false => (&*outcome.stdout, &*outcome.stderr, options),
            true => {
                shown = Shown::of(outcome, redactor);
                let pairs = options.iter();
                harmless = pairs
                    .map(|(name, value)| (name.clone(), redactor.text(value).into_owned()))
                    .collect();
                (&*shown.stdout, &*shown.stderr, &harmless)
            }
        };
        let output = Output {
            stdout,
            stderr,
            exit_code: seen.record.exit_code,
            timed_out: outcome.end == CommandEnd::TimedOut,
        };
        let collected = collector.collect(output, options);
        collected.map_err(|error| error.message)
    });
    let worked = worked(order, outcome.end);
    // What measures reads all that was said, people read it without secrets.
    let shown = (!worked).then(|| Shown::of(outcome, bench.means.redactor));
    let shown = shown.unwrap_or_default();
    seen.record.last_lines = shown.last_lines();
    let failure = match outcome.end {
        _ if worked => None,
        CommandEnd::TimedOut => Some(StepStatus::TimedOut),
        CommandEnd::Interrupted => Some(StepStatus::Interrupted),
        CommandEnd::Exited(code) => {
            let said = last_line(&shown.stderr).or_else(|| last_line(&shown.stdout));
            Some(StepStatus::Failed(with(format!("exit code {code}"), said)))
        }
        CommandEnd::Signalled(signal) => {
            let said = last_line(&shown.stderr);
            Some(StepStatus::Failed(with(
                format!("ended by signal {signal}"),
                said,
            )))
        }
    };
    match (collected, failure) {
        (None, failure) => failure.unwrap_or(StepStatus::Ok),
        (Some(Err(_)), Some(failure)) => failure,
        (Some(Err(why)), None) => {
            let name = order.collector.as_deref().unwrap_or_default();
            let why = bench.means.redactor.text(&why);
            StepStatus::Failed(format!("collector `{name}`: {}", first_line(&why)))
        }
        // Half of a measurement is none: a count would be too low, and pass.
        (Some(Ok(_)), None) if outcome.cut => StepStatus::NeedsEvidence(
            "its output was too long to be kept whole, and a part of it measures nothing"
                .to_owned(),
        ),
        (Some(Ok(collected)), failure) => {
            let why = outputs::take(bench, step, collected, seen);
            match (why, failure) {
                (Some(why), Some(StepStatus::TimedOut)) => {
                    seen.record.notes.push(why);
                    StepStatus::TimedOut
                }
                (Some(why), _) => StepStatus::NeedsEvidence(why),
                (None, Some(failure)) => failure,
                (None, None) => StepStatus::Ok,
            }
        }
    }
}

/// What programs say when there is no network, in lower case.
const NO_NETWORK: [&str; 8] = [
    "could not resolve",
    "couldn't resolve",
    "eai_again",
    "name or service not known",
    "name resolution",
    "network is unreachable",
    "no such host",
    "unable to resolve",
];

/// A status with what may be behind a failure. Where a collector understood the output, it has said what stands in the way.
fn hinted(status: StepStatus, step: &Step, outcome: &CommandOutcome) -> StepStatus {
    match (status, without_network(step, outcome)) {
        (StepStatus::Failed(why), Some(hint)) => StepStatus::Failed(format!("{why}; {hint}")),
        (status, _) => status,
    }
}

/// Why a command found no host, when the sandbox kept the network from it: authors of recipes look for the fault elsewhere.
fn without_network(step: &Step, outcome: &CommandOutcome) -> Option<String> {
    let is_kept = !step.needs.network && outcome.held;
    let says = |bytes: &[u8]| {
        let end = &bytes[bytes.len().saturating_sub(4096)..];
        let end = String::from_utf8_lossy(end).to_ascii_lowercase();
        NO_NETWORK.iter().any(|words| end.contains(words))
    };
    (is_kept && (says(&outcome.stderr) || says(&outcome.stdout))).then(|| {
        format!(
            "it has no network: that takes `needs = {{ network = true }}` in the recipe and `--allow {}`",
            step.id
        )
    })
}

fn with(what: String, said: Option<String>) -> String {
    match said {
        Some(said) => format!("{what}: {said}"),
        None => what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_early_when_the_user_asks_to_stop() {
        struct Always;
        impl Stop for Always {
            fn requested(&self) -> bool {
                true
            }
        }
        let begun = Instant::now();
        assert!(!wait(Duration::from_secs(60), &Always));
        assert!(begun.elapsed() < Duration::from_secs(5));
        assert!(wait(Duration::from_millis(1), &perfctl_core::seams::Never));
    }

    #[test]
    fn every_pause_is_twice_the_one_before_up_to_half_a_minute() {
        let pauses = [1, 2, 3, 6, 99].map(|attempt| pause_after(attempt, Duration::from_secs(1)));
        assert_eq!(pauses.map(|pause| pause.as_secs()), [1, 2, 4, 30, 30]);
    }

    #[test]
    fn only_the_listed_exit_codes_mean_that_it_worked() {
        let order = |ok_exit: &[i32]| Command {
            ok_exit: ok_exit.to_vec(),
            ..Command::default()
        };
        assert!(worked(&order(&[]), CommandEnd::Exited(0)));
        assert!(!worked(&order(&[]), CommandEnd::Exited(1)));
        assert!(worked(&order(&[1]), CommandEnd::Exited(1)));
        assert!(!worked(&order(&[1]), CommandEnd::Exited(0)));
        assert!(!worked(&order(&[]), CommandEnd::TimedOut));
        assert!(!worked(&order(&[]), CommandEnd::Signalled(9)));
    }
}
