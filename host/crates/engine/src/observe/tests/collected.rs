//! What a collector makes of an output, and what becomes of the step.

use super::*;

#[test]
fn a_collector_fills_metrics_and_what_it_says_decides() {
    let run = |end: CommandEnd, collect: fn(Output<'_>) -> Result<Collected, CollectError>| {
        let bench = Bench::new(move |_, _| Ok(outcome(end, "raw"))).collector(collect);
        bench.observe(vec![collected("a")])
    };
    let worked = run(CommandEnd::Exited(0), |output| {
        assert_eq!((output.stdout, output.exit_code), (&b"raw"[..], Some(0)));
        Ok(samples(&[1.0, f64::NAN, 2.0]))
    });
    assert_eq!(words(&worked), ["ok"]);
    assert_eq!(worked.metrics[0].step, StepId::new("a"));
    assert_eq!(worked.metrics[0].samples, [1.0, 2.0]);
    assert!(worked.steps[0].notes[0].contains("1 samples of `import.total` are no numbers"));

    let broken = run(CommandEnd::Exited(0), |_| {
        Err(CollectError {
            message: "line 3: no column".to_owned(),
        })
    });
    assert_eq!(
        broken.steps[0].status.reason(),
        "collector `fake`: line 3: no column"
    );

    let lacking = |_: Output<'_>| {
        Ok(Collected {
            inconclusive: Some("redis is not installed".to_owned()),
            ..samples(&[0.1])
        })
    };
    for end in [CommandEnd::Exited(0), CommandEnd::Exited(1)] {
        let seen = run(end, lacking);
        assert_eq!(
            seen.steps[0].status,
            StepStatus::NeedsEvidence("redis is not installed".to_owned())
        );
        assert_eq!(seen.metrics.len(), 1, "partial samples are kept");
    }
    let slow = run(CommandEnd::TimedOut, lacking);
    assert_eq!(words(&slow), ["timed-out"]);
    assert_eq!(slow.steps[0].notes, ["redis is not installed"]);
    let failed = run(CommandEnd::Exited(1), |_| Ok(samples(&[0.1])));
    assert_eq!(words(&failed), ["failed"]);
}

#[test]
fn a_part_of_an_output_measures_nothing() {
    let bench = Bench::new(|_, _| {
        Ok(CommandOutcome {
            cut: true,
            ..outcome(CommandEnd::Exited(0), "raw")
        })
    });
    let seen = bench
        .collector(|_| Ok(samples(&[1.0])))
        .observe(vec![collected("a")]);
    assert_eq!(words(&seen), ["needs-evidence"]);
    assert!(seen.metrics.is_empty());
    assert!(
        seen.steps[0]
            .status
            .reason()
            .starts_with("its output was too long")
    );
}

#[test]
fn a_strangers_collector_reads_what_people_read() {
    const SECRET: &str = "hunter22-and-more";
    let seen = |is_foreign: bool| {
        let mut bench =
            Bench::new(|_, _| Ok(outcome(CommandEnd::Exited(0), &format!("key {SECRET} end"))));
        bench.secrets = vec![SECRET.to_owned()];
        // Backwards no redaction of what comes out would know it again.
        let told = FakeCollector::new(|output, options| {
            let text = format!(
                "{} {}",
                String::from_utf8_lossy(output.stdout),
                options["token"]
            );
            Ok(Collected {
                notes: vec![text.chars().rev().collect()],
                ..samples(&[1.0])
            })
        });
        let told = if is_foreign { told.foreign() } else { told };
        bench.collectors.insert("fake".to_owned(), told);
        let mut step = collected("a");
        let options = &mut command(&mut step).options;
        options.insert("token".to_owned(), SECRET.to_owned());
        let observed = bench.observe(vec![step]);
        let note = &observed.steps[0].notes[0];
        note.chars().rev().collect::<String>()
    };
    assert_eq!(seen(false).matches(SECRET).count(), 2);
    let foreign = seen(true);
    assert!(
        !foreign.contains("hunter") && foreign.contains(" end "),
        "{foreign}"
    );
}
