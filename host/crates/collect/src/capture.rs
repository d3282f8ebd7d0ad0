//! Captured tool outputs for tests: `tests/captures` at the root of the repository.

use std::collections::BTreeSet;
use std::path::PathBuf;

use perfctl_core::metric::Metric;
use perfctl_core::seams::{CollectError, Collected, Never, Output, Probe};

/// Where a capture lies.
pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/captures")
        .join(name)
}

/// The bytes of a capture; no bytes where the stream was empty and no file was kept.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    match std::fs::read(path(name)) {
        Ok(bytes) => bytes,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
            let folder = path(name).with_file_name("");
            assert!(folder.is_dir(), "no folder {}", folder.display());
            Vec::new()
        }
        Err(why) => panic!("{name}: {why}"),
    }
}

/// Both streams of a capture.
pub(crate) struct Streams {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

/// Reads `NAME.stdout.txt` and `NAME.stderr.txt`; at least one of them must exist, or the test would test nothing.
pub(crate) fn streams(name: &str) -> Streams {
    let streams = Streams {
        stdout: bytes(&format!("{name}.stdout.txt")),
        stderr: bytes(&format!("{name}.stderr.txt")),
    };
    assert!(
        !streams.stdout.is_empty() || !streams.stderr.is_empty(),
        "no capture {name}"
    );
    streams
}

impl Streams {
    /// As a command that ended with that exit code.
    pub(crate) fn exit(&self, code: i32) -> Output<'_> {
        Output {
            stdout: &self.stdout,
            stderr: &self.stderr,
            exit_code: Some(code),
            timed_out: false,
        }
    }

    /// As a command that the timeout ended.
    pub(crate) fn timed_out(&self) -> Output<'_> {
        Output {
            exit_code: None,
            timed_out: true,
            ..self.exit(0)
        }
    }

    /// As a command that a signal ended.
    pub(crate) fn killed(&self) -> Output<'_> {
        Output {
            exit_code: None,
            ..self.exit(0)
        }
    }
}

/// The series of that name.
pub(crate) fn all<'a>(collected: &'a Collected, name: &str) -> Vec<&'a Metric> {
    collected
        .metrics
        .iter()
        .filter(|metric| metric.name.as_str() == name)
        .collect()
}

/// The only sample of the only series of that name.
pub(crate) fn value(collected: &Collected, name: &str) -> f64 {
    match all(collected, name)[..] {
        [one] if one.samples.len() == 1 => one.samples[0],
        ref found => panic!("{name}: not one sample of one series: {found:?}"),
    }
}

/// The only sample of the series of that name with that label.
pub(crate) fn labelled(collected: &Collected, name: &str, label: &str, value: &str) -> Option<f64> {
    all(collected, name)
        .into_iter()
        .find(|metric| metric.labels.get(label).is_some_and(|found| found == value))
        .map(|metric| metric.samples[0])
}

/// Options from pairs.
pub(crate) fn options(pairs: &[(&str, &str)]) -> crate::option::Options {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// What a probe says with these options, after a look at whether it announces all that it makes.
pub(crate) fn probed(probe: &dyn Probe, pairs: &[(&str, &str)]) -> Result<Collected, CollectError> {
    let found = probe.probe(&options(pairs), &Never);
    for name in found.iter().flat_map(made) {
        assert!(probe.metrics().contains(&name), "{name} is not announced");
    }
    found
}

/// Names of the metrics that were made, as collectors and probes announce them.
pub(crate) fn made(collected: &Collected) -> BTreeSet<&str> {
    let names = collected.metrics.iter().map(|metric| metric.name.as_str());
    names
        .map(|name| name.strip_suffix(".partial").unwrap_or(name))
        .collect()
}
