//! A comparison as Markdown, for pull requests and job summaries.

use std::fmt::Write as _;

use super::Compared;
use crate::change::Change;
use crate::{escape, prose};

/// Rows of one list that are shown at most; a comment on a pull request has a limit too.
const ROWS: usize = 50;

pub(super) fn draw(compared: &Compared<'_>) -> String {
    let mut out = format!(
        "## Performance: {}\n\n",
        escape::markdown(&compared.summary)
    );
    let _ = writeln!(out, "| | run |\n| --- | --- |");
    let _ = writeln!(
        out,
        "| before | {} |",
        escape::markdown(&compared.before.phrase())
    );
    let _ = writeln!(
        out,
        "| after | {} |",
        escape::markdown(&compared.after.phrase())
    );
    for (heading, places) in [
        ("New findings", &compared.new),
        ("Fixed findings", &compared.fixed),
        ("Left out now", &compared.left_out),
    ] {
        if places.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "\n### {heading}\n\n| rule | severity | place | finding |\n| --- | --- | --- | --- |"
        );
        for place in places.iter().take(ROWS) {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                escape::code_span(place.rule, true),
                place.severity.unwrap_or(""),
                escape::code_span(&place.location(), true),
                prose::markdown(place.message, true)
            );
        }
        if places.len() > ROWS {
            let _ = writeln!(out, "\nand {} more", places.len() - ROWS);
        }
    }
    if !compared.verdicts.is_empty() {
        out.push_str("\n### Changed verdicts\n\n| item | title | before | after | why |\n| --- | --- | --- | --- | --- |\n");
        for changed in &compared.verdicts {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                escape::code_span(changed.item, true),
                prose::markdown(changed.title, true),
                changed.before.unwrap_or("-"),
                changed.after.unwrap_or("-"),
                prose::markdown(changed.reason, true)
            );
        }
    }
    if !compared.metrics.is_empty() {
        out.push_str(
            "\n### Metrics\n\n| metric | before | after | change | 95 % interval of the shift | samples | verdict |\n\
             | --- | ---: | ---: | ---: | --- | ---: | --- |\n",
        );
        // What has changed comes before what has not.
        let is_same = |metric: &&Change| {
            matches!(
                metric.verdict,
                "unchanged" | "no difference seen" | "too few samples"
            )
        };
        let mut metrics: Vec<&Change> = compared.metrics.iter().collect();
        if metrics.len() > ROWS {
            metrics.sort_by_key(is_same);
        }
        for metric in metrics.iter().take(ROWS) {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {}+{} | {} |",
                escape::code_span(&metric.series, true),
                metric.before_shown,
                metric.after_shown,
                metric.relative_shown,
                metric.interval_shown,
                metric.n_before,
                metric.n_after,
                metric.verdict
            );
        }
        if metrics.len() > ROWS {
            let _ = writeln!(out, "\nand {} more", metrics.len() - ROWS);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn of_many_metrics_those_that_changed_are_shown() {
        let (before, mut after) = (fixture::earlier(), fixture::rich());
        let mut comparison = after.comparison.take().expect("one");
        let same = comparison
            .metrics
            .iter()
            .find(|metric| metric.difference == perfctl_core::run::Difference::NotSeen)
            .cloned()
            .expect("one");
        let changed = fixture::change(
            "import.last",
            (1.0, 2.0),
            perfctl_core::run::Difference::Larger,
            (0.9, 1.1),
        );
        comparison.metrics = vec![same; 70];
        comparison.metrics.push(changed);
        let text = draw(&Compared::of(&before, &after, &comparison));
        assert!(text.contains("| `import.last` |"), "{text}");
        assert!(text.trim_end().ends_with("and 21 more"), "{text}");
    }
}
