//! Where the time of a run went, on standard error: the scan, rules and steps, the slowest first.

use std::time::Duration;

use perfctl_core::run::RunRecord;

use crate::adapters::rules::RuleCosts;
use crate::ui::Ui;

/// Rules below this are summed up: nobody makes a run faster by one of them.
const WORTH_A_LINE: Duration = Duration::from_millis(1);

/// Says it.
pub(crate) fn say(record: &RunRecord, rules: &RuleCosts, ui: &Ui) {
    let steps = record.steps.iter();
    let steps = steps.map(|step| line(step.duration, &format!("step {}", step.id)));
    for line in lines(rules)
        .into_iter()
        .chain(steps)
        .chain([line(record.duration, "all")])
    {
        ui.say(&line);
    }
}

fn line(time: Duration, what: &str) -> String {
    format!("{:>9.1} ms  {what}", time.as_secs_f64() * 1e3)
}

fn counted(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The scan and the rules.
fn lines(rules: &RuleCosts) -> Vec<String> {
    let mut lines = vec![line(rules.scan, "scan (walk, parse, link)")];
    let mut slowest: Vec<_> = rules.rules.iter().collect();
    slowest.sort_by_key(|(id, cost)| (std::cmp::Reverse(cost.time), (*id).clone()));
    let (told, quick): (Vec<_>, Vec<_>) = slowest
        .into_iter()
        .partition(|(_, cost)| cost.time >= WORTH_A_LINE);
    lines.extend(told.into_iter().map(|(id, cost)| {
        let asked = match (cost.candidates, cost.files) {
            (0, _) => String::new(),
            (candidates, files) => format!(
                ", {} in {}",
                counted(candidates, "candidate"),
                counted(files, "file")
            ),
        };
        line(cost.time, &format!("rule {id}{asked}"))
    }));
    if !quick.is_empty() {
        let sum = quick.iter().map(|(_, cost)| cost.time).sum();
        let rules = counted(quick.len() as u64, "rule");
        lines.push(line(sum, &format!("{rules} below 1 ms each")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_runtime::runner::Cost;

    #[test]
    fn quick_rules_share_a_line() {
        let cost = |micros, candidates| Cost {
            time: Duration::from_micros(micros),
            files: 1,
            candidates,
        };
        let costs = RuleCosts {
            scan: Duration::from_millis(20),
            rules: [
                ("A-1".into(), cost(400, 3)),
                ("A-2".into(), cost(2_500, 7)),
                ("A-3".into(), cost(300, 0)),
                ("A-4".into(), cost(1_000, 0)),
            ]
            .into(),
        };
        assert_eq!(
            lines(&costs),
            [
                "     20.0 ms  scan (walk, parse, link)",
                "      2.5 ms  rule A-2, 7 candidates in 1 file",
                "      1.0 ms  rule A-4",
                "      0.7 ms  2 rules below 1 ms each",
            ]
        );
    }
}
