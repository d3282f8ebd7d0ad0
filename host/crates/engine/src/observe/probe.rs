//! One probe step: it measures by itself and leaves what a collector would.

use std::collections::BTreeMap;

use perfctl_core::recipe::Step;
use perfctl_core::run::StepStatus;

use super::command::{Lookup, expand_map};
use super::outputs::{self, first_line};
use super::{Bench, Seen};

/// Asks the probe of `step`.
pub(super) fn run(
    bench: &Bench<'_>,
    step: &Step,
    name: &str,
    options: &BTreeMap<String, String>,
    value: Lookup<'_>,
    seen: &mut Seen,
) -> StepStatus {
    let Some(probe) = bench.means.probes.get(name) else {
        return StepStatus::Failed(format!("no probe is called `{name}`"));
    };
    let options = match expand_map(options, value) {
        Ok(options) => options,
        Err(why) => return StepStatus::NeedsEvidence(why),
    };
    seen.record.attempts = 1;
    let stop = bench.means.stop;
    match probe.probe(&options, stop) {
        _ if stop.requested() => StepStatus::Interrupted,
        Err(error) => {
            let why = bench.means.redactor.text(&error.message);
            StepStatus::Failed(format!("probe `{name}`: {}", first_line(&why)))
        }
        Ok(collected) => match outputs::take(bench, step, collected, seen) {
            Some(why) => StepStatus::NeedsEvidence(why),
            None => StepStatus::Ok,
        },
    }
}
