//! A comparison for a terminal.

use perfctl_core::scale::Severity;
use perfctl_core::seams::View;

use super::Compared;
use crate::neutral;
use crate::terminal::paint::{self, Paint};
use crate::terminal::table::{self, Row, flexible, left, right};
use crate::terminal::wrap::hanging;

pub(super) fn draw(compared: &Compared<'_>, view: &View) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let mut out = format!(
        "{} {}\n{}  {}\n",
        paint.paint(paint::DIM, "before"),
        compared.before.phrase(),
        paint.paint(paint::DIM, "after"),
        compared.after.phrase()
    );
    for (heading, style, sign, places) in [
        ("New findings", paint::RED, "+", &compared.new),
        ("Fixed findings", paint::GREEN, "-", &compared.fixed),
        ("Left out now", paint::DIM, "?", &compared.left_out),
    ] {
        if places.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{}\n", paint.heading(heading)));
        for place in places {
            let severity = place
                .severity
                .and_then(|word| word.parse::<Severity>().ok())
                .map_or_else(String::new, |severity| {
                    format!(
                        "{}[",
                        paint.paint(paint::severity(severity), severity.word())
                    )
                });
            let close = if severity.is_empty() { "" } else { "]" };
            let text = format!("{}: {}", place.location(), neutral::sentence(place.message));
            out.push_str(&format!(
                "  {} {severity}{}{close} {}\n",
                paint.paint(style, sign),
                neutral::line(place.rule),
                hanging(
                    &text,
                    view.width
                        .saturating_sub(if view.width == 0 { 0 } else { 8 }),
                    "      "
                )
            ));
        }
    }
    if !compared.verdicts.is_empty() {
        let cell = |word: Option<&'static str>| {
            let word = word.unwrap_or("-");
            (word.to_owned(), paint::word(word))
        };
        let rows: Vec<Row> = compared
            .verdicts
            .iter()
            .map(|changed| {
                let reason = neutral::sentence(changed.reason);
                Row {
                    cells: vec![
                        (neutral::line(changed.item).into_owned(), paint::BOLD),
                        (neutral::sentence(changed.title), anstyle::Style::new()),
                        cell(changed.before),
                        cell(changed.after),
                    ],
                    below: (!reason.is_empty()).then_some((1, (reason, paint::DIM))),
                }
            })
            .collect();
        let columns = [
            left("item"),
            flexible("title"),
            left("before"),
            left("after"),
        ];
        let table = table::draw(&columns, &rows, view.width, paint);
        out.push_str(&format!("\n{}\n{table}", paint.heading("Changed verdicts")));
    }
    if !compared.metrics.is_empty() {
        let rows: Vec<Row> = compared.metrics.iter().map(metric_row).collect();
        let columns = [
            flexible("metric"),
            right("before"),
            right("after"),
            right("change"),
            right("n"),
            left("verdict"),
        ];
        let table = table::draw(&columns, &rows, view.width, paint);
        out.push_str(&format!("\n{}\n{table}", paint.heading("Metrics")));
    }
    let summary = hanging(&format!("perfctl: {}", compared.summary), view.width, "  ");
    out.push_str(&format!(
        "\n{}\n",
        summary.replacen("perfctl", &paint.heading("perfctl"), 1)
    ));
    out
}

fn metric_row(metric: &crate::change::Change) -> Row {
    let plain = anstyle::Style::new();
    let style = match metric.verdict {
        "worse" => paint::word("fail"),
        "better" => paint::GREEN,
        _ => paint::DIM,
    };
    let interval = (!metric.interval_shown.is_empty()).then(|| {
        (
            0,
            (
                format!("95 % interval of the shift: {}", metric.interval_shown),
                paint::DIM,
            ),
        )
    });
    Row {
        cells: vec![
            (neutral::line(&metric.series).into_owned(), plain),
            (metric.before_shown.clone(), plain),
            (metric.after_shown.clone(), plain),
            (metric.relative_shown.clone(), style),
            (format!("{}+{}", metric.n_before, metric.n_after), plain),
            (metric.verdict.to_owned(), style),
        ],
        below: interval,
    }
}
