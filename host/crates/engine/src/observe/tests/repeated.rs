//! Commands that run several times: samples, outputs, and when no further run begins.

use super::*;
use perfctl_core::recipe::Repeat;
use std::sync::atomic::{AtomicU32, Ordering as Order};

/// A step that is measured so often.
fn repeated(warm_ups: u32, runs: u32, within: Option<Duration>) -> Step {
    let mut step = collected("imports");
    command(&mut step).repeat = Repeat {
        warm_ups,
        runs,
        within,
    };
    step
}

/// A bench whose runs are told apart by their number, which is their sample, too.
fn bench() -> Bench {
    let count = AtomicU32::new(0);
    let bench = Bench::new(move |_, _| {
        let at = count.fetch_add(1, Order::SeqCst) + 1;
        Ok(outcome(CommandEnd::Exited(0), &at.to_string()))
    });
    bench.collector(|output| {
        let text = String::from_utf8_lossy(output.stdout);
        let mut collected = samples(&[text.parse().expect("a number")]);
        collected.artifacts = vec![("tree.txt".to_owned(), output.stdout.to_vec())];
        collected.notes = vec![format!("run {text}")];
        Ok(collected)
    })
}

fn measured(seen: &Observations) -> Vec<f64> {
    assert_eq!(seen.metrics.len(), 1, "{:?}", seen.metrics);
    seen.metrics[0].samples.clone()
}

#[test]
fn every_run_after_the_warm_up_adds_a_sample_and_keeps_its_output() {
    let bench = bench();
    let seen = bench.observe(vec![repeated(1, 3, None)]);
    assert_eq!(measured(&seen), [2.0, 3.0, 4.0]);
    assert_eq!(seen.steps[0].notes, ["run 2"]);
    assert_eq!(seen.steps[0].attempts, 1);
    let heard = bench.sink.0.lock().expect("whole");
    let steps = heard.iter().filter(|line| line.contains("StepProgress"));
    assert_eq!(steps.count(), 4);
    let kept = bench.store.names();
    let outputs: Vec<&String> = kept
        .iter()
        .filter(|name| name.ends_with("stdout.txt"))
        .collect();
    assert_eq!(
        outputs,
        [
            "imports/run-2.stdout.txt",
            "imports/run-3.stdout.txt",
            "imports/stdout.txt",
            "imports/warm-up-1.stdout.txt",
        ]
    );
    assert_eq!(
        bench.store.0.lock().expect("whole")["imports/tree.txt"],
        b"2"
    );
}

#[test]
fn no_further_run_begins_that_would_not_end_in_time_and_the_record_says_so() {
    let none = Some(Duration::ZERO);
    let seen = bench().observe(vec![repeated(0, 5, none)]);
    assert_eq!(measured(&seen), [1.0]);
    assert!(seen.steps[0].notes[1].starts_with("measured 1 of 5 times"));
    // What takes that long is not run twice to throw one away.
    let seen = bench().observe(vec![repeated(1, 5, none)]);
    assert_eq!(measured(&seen), [1.0]);
    assert!(seen.steps[0].notes[0].starts_with("measured once, with cold caches"));
}

#[test]
fn a_run_that_does_not_end_well_ends_them_all() {
    let count = AtomicU32::new(0);
    let bench = Bench::new(move |_, _| {
        let at = count.fetch_add(1, Order::SeqCst) + 1;
        let code = i32::from(at == 3);
        Ok(outcome(CommandEnd::Exited(code), "1"))
    });
    let bench = bench.collector(|_| Ok(samples(&[1.0])));
    let seen = bench.observe(vec![repeated(1, 5, None)]);
    assert_eq!(words(&seen), ["failed"]);
    assert_eq!(bench.commands.order().len(), 3);
}
