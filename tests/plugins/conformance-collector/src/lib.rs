//! Tells back everything that a collector is handed, and uses everything that it can say.

use std::fmt::Write as _;

use perfctl_plugin::collector::{Collected, Collector, Options, Output};

perfctl_plugin::collectors![Conformance];

struct Conformance;

impl Collector for Conformance {
    const NAME: &'static str = "conformance";

    fn collect(&self, output: &Output, options: &Options) -> Result<Collected, String> {
        for line in output.text().lines() {
            perfctl_plugin::print!("line: {line}");
        }
        match options.get("ends") {
            Some("inconclusive") => return Ok(Collected::inconclusive("it was told to")),
            Some("refused") => return Err("it was told to refuse".to_owned()),
            Some("panic") => panic!("it was told to panic"),
            _ => {}
        }
        let sizes = [output.stdout.len() as f64, output.stderr.len() as f64];
        Ok(Collected::new()
            .metric("conformance.time", "ms", [12.5, 0.0, -3.25])
            .labelled("conformance.time", "us", [1.5], &[("case", "two words"), ("of", "é")])
            .metric("conformance.size", "kB", sizes)
            .metric("conformance.size.partial", "count", [1e300])
            .note("one")
            .note("two, with `marks`")
            .file("given.txt", given(output, options))
            .file("bytes.bin", output.stdout.clone())
            .file("empty.txt", ""))
    }
}

/// Every field of what the collector is handed, a line each.
fn given(output: &Output, options: &Options) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "stdout: {:?}", output.text());
    let _ = writeln!(out, "stderr: {:?}", output.error_text());
    let _ = writeln!(out, "exit code: {:?}", output.exit_code);
    let _ = writeln!(out, "timed out: {}", output.timed_out);
    for (name, value) in options.iter() {
        let _ = writeln!(out, "option {name}: {value:?}");
    }
    out
}
