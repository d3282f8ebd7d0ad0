//! Collectors turn what an audit tool printed into metrics; probes measure an image without a tool of their own.
//!
//! Collectors are pure: bytes in, numbers out, so every one is tested on captured outputs (`tests/captures`). Probes may
//! read files and speak HTTP, nothing else. This crate starts no process and knows no terminal, no recipe and no engine.
//!
//! Two promises hold for all of them:
//!
//! - *Missing data is never a pass.* An output that was cut off, or that measures a failure, is `inconclusive`, and every
//!   number taken from it carries the suffix `.partial` in its name, so that no budget can be met by half an answer.
//! - *Units are exact.* Seconds and bytes; a size that the tool itself rounded is said to be rounded in a note.
//!
//! A new tool is one file (or folder) in `collector/` or `probe/` and one line in the list below.

use perfctl_core::seams::{Collector, Probe};

#[cfg(test)]
mod capture;
mod collector;
mod display;
mod ending;
mod image;
mod option;
mod probe;
mod size;

/// Every collector, sorted by name.
pub const COLLECTORS: &[&dyn Collector] = &[
    &collector::du::Du,
    &collector::grep::Grep,
    &collector::hyperfine::Hyperfine,
    &collector::image_history::ImageHistory,
    &collector::image_inspect::ImageInspect,
    &collector::image_list::ImageList,
    &collector::importtime::ImportTime,
    &collector::text::Text,
    &collector::time::Time,
];

/// Every probe, sorted by name.
pub const PROBES: &[&dyn Probe] = &[
    &probe::image_archive::ImageArchive,
    &probe::image_registry::ImageRegistry,
];

/// Host and repository of an image as a registry is asked for it; `None` when it is no name of an image.
pub fn registry_of(image: &str) -> Option<(String, String)> {
    probe::image_registry::place(image)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use perfctl_core::seams::{Demand, Never, Output};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn collector(name: &str) -> Option<&'static dyn Collector> {
        let mut all = COLLECTORS.iter().copied();
        all.find(|collector| collector.name() == name)
    }

    fn probe(name: &str) -> Option<&'static dyn Probe> {
        PROBES.iter().copied().find(|probe| probe.name() == name)
    }

    use super::*;

    /// JSON in which the keys that collectors look for hold anything.
    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(|number| json!(number)),
            any::<i64>().prop_map(Value::from),
            "[a-c:0-9.]{0,4}(kB|MB)?".prop_map(Value::from),
        ];
        let keys = "(Size|size|VirtualSize|ID|Id|Names|names|Repository|Tag|RepoTags|RootFS|Layers|CreatedBy|results|\
                    command|times|exit_codes|type|data|path|lines|text|bytes)";
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(keys, inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// Names of the files and folders of `src/<folder>`, as recipes write them.
    fn directory(folder: &str) -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(folder);
        let mut names: Vec<String> = std::fs::read_dir(path)
            .expect("the source folder exists")
            .filter_map(|entry| entry.expect("readable").file_name().into_string().ok())
            .map(|name| name.trim_end_matches(".rs").replace('_', "-"))
            .filter(|name| name != "mod")
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_file_of_the_collector_folder_is_listed_in_order() {
        let listed: Vec<&str> = COLLECTORS
            .iter()
            .map(|collector| collector.name())
            .collect();
        assert_eq!(
            listed,
            directory("collector"),
            "add the line to COLLECTORS in lib.rs"
        );
    }

    #[test]
    fn every_file_of_the_probe_folder_is_listed_in_order() {
        let listed: Vec<&str> = PROBES.iter().map(|probe| probe.name()).collect();
        assert_eq!(
            listed,
            directory("probe"),
            "add the line to PROBES in lib.rs"
        );
    }

    #[test]
    fn a_name_finds_its_collector_and_an_unknown_one_finds_none() {
        assert_eq!(
            collector("importtime").map(|found| found.name()),
            Some("importtime")
        );
        assert_eq!(
            probe("image-archive").map(|found| found.name()),
            Some("image-archive")
        );
        assert!(collector("image-archive").is_none());
        assert!(probe("").is_none());
    }

    proptest! {
        #[test]
        fn no_collector_panics_on_any_output(
            stdout in prop_oneof![
                "[\\[\\]{}\":,0-9 \n]{0,60}".prop_map(String::into_bytes),
                json().prop_map(|value| value.to_string().into_bytes()),
                prop::collection::vec(any::<u8>(), 0..120),
            ],
            stderr in prop::collection::vec(any::<u8>(), 0..60),
            exit_code in prop::option::of(-1i32..4),
            timed_out in any::<bool>(),
        ) {
            let output = Output { stdout: &stdout, stderr: &stderr, exit_code, timed_out };
            let options = capture::options(&[("unit", "kib"), ("image", "a"), ("module", "a")]);
            for collector in COLLECTORS {
                if let Ok(collected) = collector.collect(output, &options) {
                    for metric in collected.metrics {
                        prop_assert!(is_announced(*collector, metric.name.as_str()), "{metric:?}");
                        prop_assert!(metric.samples.iter().all(|sample| sample.is_finite()), "{metric:?}");
                        prop_assert!(!metric.samples.is_empty(), "{metric:?}");
                    }
                }
            }
        }
    }

    /// Whether a collector says of itself that it makes such a metric.
    fn is_announced(collector: &dyn Collector, metric: &str) -> bool {
        let name = metric.strip_suffix(".partial").unwrap_or(metric);
        collector.metrics().contains(&name)
    }

    #[test]
    fn what_is_made_of_captured_outputs_is_announced() {
        let mut made = BTreeSet::new();
        let options = capture::options(&[("unit", "kib")]);
        for folder in std::fs::read_dir(capture::path("")).expect("the captures") {
            let folder = folder.expect("readable");
            for file in std::fs::read_dir(folder.path()).into_iter().flatten() {
                let file = file.expect("readable").file_name();
                let Some(name) = file
                    .to_str()
                    .and_then(|name| name.strip_suffix(".stdout.txt"))
                else {
                    continue;
                };
                let name = format!("{}/{name}", folder.file_name().to_string_lossy());
                let (stdout, stderr) = (
                    capture::bytes(&format!("{name}.stdout.txt")),
                    capture::bytes(&format!("{name}.stderr.txt")),
                );
                let output = Output {
                    stdout: &stdout,
                    stderr: &stderr,
                    exit_code: Some(0),
                    timed_out: false,
                };
                for collector in COLLECTORS {
                    for metric in collector
                        .collect(output, &options)
                        .into_iter()
                        .flat_map(|got| got.metrics)
                    {
                        assert!(
                            is_announced(*collector, metric.name.as_str()),
                            "{name}: {metric:?}"
                        );
                        made.insert((
                            collector.name(),
                            metric.name.as_str().replace(".partial", ""),
                        ));
                    }
                }
            }
        }
        for collector in COLLECTORS {
            assert!(collector.metrics().is_sorted(), "{}", collector.name());
            // Hyperfine's exports are captured as files of their own.
            let captured = |_: &&&str| collector.name() != "hyperfine";
            for metric in collector.metrics().iter().filter(captured) {
                assert!(
                    made.contains(&(collector.name(), (*metric).to_owned())),
                    "{}: {metric}",
                    collector.name()
                );
            }
        }
    }

    #[test]
    fn what_is_demanded_of_options_is_what_collecting_refuses() {
        let none = Output {
            stdout: b"",
            stderr: b"",
            exit_code: Some(0),
            timed_out: false,
        };
        for collector in COLLECTORS {
            for (option, demand) in collector.demands() {
                assert!(
                    collector.options().iter().any(|(name, _)| name == &option),
                    "{option}"
                );
                let given = match demand {
                    Demand::Given => capture::options(&[]),
                    _ => capture::options(&[(option, "nonsense")]),
                };
                let refused = collector.collect(none, &given).expect_err("it is demanded");
                assert!(
                    refused.message.contains(&format!("`{option}`")),
                    "{}",
                    refused.message
                );
            }
        }
    }

    #[test]
    fn what_is_demanded_of_options_is_what_probing_refuses() {
        for probe in PROBES {
            for (option, demand) in probe.demands() {
                let known = probe.options();
                assert!(known.iter().any(|(name, _)| name == &option), "{option}");
                // Nothing is there, and nobody is asked: a port that nothing can listen on.
                let mut given =
                    capture::options(&[("image", "127.0.0.1:0/a"), ("path", "/nowhere")]);
                match demand {
                    Demand::Given => given.remove(option),
                    _ => given.insert(option.to_owned(), "nonsense".to_owned()),
                };
                let refused = probe.probe(&given, &Never).expect_err("it is demanded");
                assert!(
                    refused.message.contains(&format!("`{option}`")),
                    "{}: {}",
                    probe.name(),
                    refused.message
                );
            }
        }
    }

    #[test]
    fn metrics_of_probes_are_announced_in_order() {
        for probe in PROBES {
            assert!(probe.metrics().is_sorted(), "{}", probe.name());
        }
    }

    #[test]
    fn options_are_sorted_and_have_one_line_of_help() {
        let options = COLLECTORS
            .iter()
            .map(|collector| (collector.name(), collector.options()))
            .chain(
                PROBES
                    .iter()
                    .map(|probe| (probe.name(), probe.options().to_vec())),
            );
        for (name, options) in options {
            assert!(options.is_sorted_by_key(|(option, _)| option), "{name}");
            for (option, help) in options {
                assert!(!help.is_empty() && !help.contains('\n'), "{name}: {option}");
            }
        }
    }
}
