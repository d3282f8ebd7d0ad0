//! How a command ended, and what that does to its numbers.

use perfctl_core::ids::{MetricName, StepId};
use perfctl_core::metric::{Metric, Unit};
use perfctl_core::seams::{Collected, Output};

use crate::display;

/// What every name of a number from an incomplete output ends in. Budgets name complete metrics, so that half an answer
/// never meets one.
pub(crate) const PARTIAL: &str = ".partial";

/// One series with its labels; labels without a value are left out.
pub(crate) fn series(name: &str, unit: Unit, samples: Vec<f64>, labels: &[(&str, &str)]) -> Metric {
    Metric {
        name: MetricName::new(name),
        unit,
        samples,
        labels: labels
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        step: StepId::new(""),
    }
}

/// Why the command did not come to its own end; `None` when it exited.
pub(crate) fn cut_off(output: &Output<'_>) -> Option<&'static str> {
    if output.timed_out {
        Some("the timeout ended the command")
    } else if output.exit_code.is_none() {
        Some("a signal ended the command")
    } else {
        None
    }
}

/// The last line of standard error that says something, cut to 300 characters.
pub(crate) fn last_words(stderr: &[u8]) -> Option<String> {
    stderr
        .rsplit(|byte| *byte == b'\n')
        .map(|line| display::collapse(&display::line(line)))
        .find(|line| !line.is_empty())
        .map(|line| display::cut(&line, 300))
}

/// Marks everything collected as partial, with the reason.
pub(crate) fn partial(mut collected: Collected, why: impl Into<String>) -> Collected {
    for metric in &mut collected.metrics {
        metric.name = MetricName::new(format!("{}{PARTIAL}", metric.name));
    }
    collected.inconclusive = Some(why.into());
    collected
}

/// Nothing was measured, and why.
pub(crate) fn nothing(why: impl Into<String>) -> Collected {
    Collected {
        inconclusive: Some(why.into()),
        ..Collected::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_the_last_line_with_text_without_colours() {
        assert_eq!(
            last_words(b"one\n\x1b[31mtwo\x1b[0m  \n\n \n"),
            Some("two".to_owned())
        );
        assert_eq!(last_words(b"\n \n"), None);
    }

    #[test]
    fn a_partial_number_has_another_name_than_a_whole_one() {
        let whole = Collected {
            metrics: vec![series(
                "matches",
                Unit::Count,
                vec![3.0],
                &[("pattern", "")],
            )],
            ..Collected::default()
        };
        let partial = partial(whole, "cut off");
        assert_eq!(partial.metrics[0].name.as_str(), "matches.partial");
        assert!(partial.metrics[0].labels.is_empty());
        assert_eq!(partial.inconclusive.as_deref(), Some("cut off"));
    }
}
