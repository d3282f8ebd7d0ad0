//! The collector of this pack. `pack.toml` says what recipes have to know of it.

use std::collections::BTreeMap;

use perfctl_plugin::collector::{Collected, Collector, Options, Output};

perfctl_plugin::collectors![Timings];

/// Reads `NAME MILLISECONDS` from each line.
struct Timings;

impl Collector for Timings {
    const NAME: &'static str = "NEW-PACK";

    // Called once per step of a recipe that names it. An error says that the output is none of the tool's.
    fn collect(&self, output: &Output, options: &Options) -> Result<Collected, String> {
        if output.timed_out {
            return Ok(Collected::inconclusive("the tool did not end in time: raise the `timeout` of the step"));
        }
        let warmup = options.get("warmup").map_or(Ok(0), str::parse);
        let warmup: usize = warmup.map_err(|_| "`warmup` is no whole number")?;
        let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let text = output.text();
        for line in text.lines().skip(warmup) {
            let read = line.split_once(' ').and_then(|(name, ms)| Some((name, ms.parse().ok()?)));
            let read = read.filter(|(_, ms): &(&str, f64)| ms.is_finite());
            let (name, ms) = read.ok_or_else(|| format!("`{line}` is no name with a number"))?;
            times.entry(name).or_default().push(ms);
        }
        Ok(times.into_iter().fold(Collected::new(), |collected, (name, samples)| {
            collected.labelled("NEW-PACK.time", "ms", samples, &[("case", name)])
        }))
    }
}
