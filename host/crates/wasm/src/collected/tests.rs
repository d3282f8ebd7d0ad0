//! Answers that break a rule, each told apart from those that just keep it.

use perfctl_core::metric::Unit;
use perfctl_wire::rule::CallLimits;

use super::*;

fn head() -> CollectorHead {
    CollectorHead {
        name: "acme-tool".to_owned(),
        about: String::new(),
        options: Vec::new(),
        demands: Vec::new(),
        metrics: [MetricName::new("acme.time")].into(),
        limits: CallLimits::default(),
    }
}

fn series(labels: &[(&str, &str)]) -> told::Metric {
    told::Metric {
        name: "acme.time".to_owned(),
        unit: "s".to_owned(),
        samples: vec![1.0],
        labels: labels
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    }
}

fn nothing() -> told::Collected {
    told::Collected {
        metrics: Vec::new(),
        notes: Vec::new(),
        artifacts: Vec::new(),
        inconclusive: None,
    }
}

fn with(metrics: Vec<told::Metric>) -> Answer<Collected> {
    checked(
        told::Collected {
            metrics,
            ..nothing()
        },
        &head(),
    )
}

fn files(names: &[&str]) -> Answer<Collected> {
    let artifacts = names.iter().map(|name| told::Artifact {
        name: (*name).to_owned(),
        content: b"x".to_vec(),
    });
    checked(
        told::Collected {
            artifacts: artifacts.collect(),
            ..nothing()
        },
        &head(),
    )
}

fn refused(answer: Answer<Collected>, says: &str) {
    let told = answer.expect_err("it is refused").to_string();
    assert!(told.contains(says), "{told}, not {says}");
}

#[test]
fn series_are_told_apart_by_their_labels() {
    let two = [series(&[("case", "a")]), series(&[("case", "b")])];
    assert_eq!(with(two.to_vec()).expect("kept").metrics.len(), 2);
    refused(
        with(vec![series(&[("case", "a")]), series(&[("case", "a")])]),
        "have the same labels",
    );
    refused(with(vec![series(&[("case", "a"), ("case", "b")])]), "twice");
    refused(with(vec![series(&[("Case", "a")])]), "`Case` is not a name");
    let long = "x".repeat(LONGEST_LABEL);
    assert!(with(vec![series(&[("case", &long)])]).is_ok());
    refused(
        with(vec![series(&[("case", &format!("{long}x"))])]),
        "more than 256 bytes",
    );
    let names: Vec<String> = (0..=MOST_LABELS).map(|at| format!("l{at}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "v")).collect();
    assert!(with(vec![series(&many[1..])]).is_ok());
    refused(with(vec![series(&many)]), "more than 16 labels");
}

#[test]
fn a_part_of_a_metric_is_one_that_no_budget_passes() {
    let part = told::Metric {
        name: "acme.time.partial".to_owned(),
        ..series(&[])
    };
    let collected = with(vec![part]).expect("kept");
    assert_eq!(collected.metrics[0].name.as_str(), "acme.time.partial");
    assert_eq!(collected.metrics[0].unit, Unit::Seconds);
    let twice = told::Metric {
        name: "acme.time.partial.partial".to_owned(),
        ..series(&[])
    };
    refused(with(vec![twice]), "does not declare");
}

#[test]
fn there_is_an_end_to_how_much_is_told() {
    let names: Vec<String> = (0..=MOST_METRICS).map(|at| format!("c{at}")).collect();
    let all: Vec<told::Metric> = names.iter().map(|name| series(&[("case", name)])).collect();
    assert!(with(all[1..].to_vec()).is_ok());
    refused(with(all), "more than 1000 metrics");
    let many = told::Metric {
        samples: vec![1.0; MOST_SAMPLES + 1],
        ..series(&[])
    };
    refused(
        with(vec![many]),
        "more than 100000 samples of all metrics in one call",
    );
    let notes = told::Collected {
        notes: vec!["n".to_owned(); MOST_NOTES + 1],
        ..nothing()
    };
    refused(checked(notes, &head()), "more than 50 notes");
    let long = told::Collected {
        notes: vec![
            "a\u{1b}[2Jb\nc".to_owned(),
            "x".repeat(10_000_000),
            " ".to_owned(),
        ],
        ..nothing()
    };
    let notes = checked(long, &head()).expect("kept").notes;
    assert_eq!(notes[0], "a\u{fffd}[2Jb c");
    assert_eq!(notes.len(), 2, "a blank note is none");
    assert!(notes[1].len() < 3000 && notes[1].ends_with(" ..."));
}

#[test]
fn files_have_names_and_sizes_that_do_no_harm() {
    assert!(files(&["profile.json", "a_b-1.txt"]).is_ok());
    for name in [
        "",
        ".hidden",
        "../x",
        "a/b",
        "a\\b",
        "a b",
        "a\0",
        "-x",
        "ä.txt",
        &"x".repeat(65),
    ] {
        refused(files(&[name]), "it keeps a file called");
    }
    for name in ["stdout.txt", "STDERR.txt", "2-exit.txt"] {
        refused(files(&[name]), "perfctl's own");
    }
    refused(files(&["a.txt", "A.txt"]), "two files called `A.txt`");
    let names: Vec<String> = (0..=MOST_ARTIFACTS).map(|at| format!("f{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert!(files(&names[1..]).is_ok());
    refused(files(&names), "more than 16 files");
    let large = |bytes: usize| {
        let artifacts = vec![told::Artifact {
            name: "a".to_owned(),
            content: vec![0; bytes],
        }];
        checked(
            told::Collected {
                artifacts,
                ..nothing()
            },
            &head(),
        )
    };
    assert!(large(MOST_KEPT).is_ok());
    refused(large(MOST_KEPT + 1), "more than 16 MiB");
}
