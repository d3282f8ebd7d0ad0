//! Markdown as GitHub and GitLab show it, from the template `report.md.hbs`, short enough for a comment.
//!
//! What is too long loses the code of findings first, the lowest rank before the others, then whole rules, then what was measured;
//! and says so at its end. `report.md` of a run is the same template without that limit.

use std::sync::Arc;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};
use serde_json::{Value, json};

use crate::summary::count;
use crate::template::Templates;

/// Help of `--format markdown`.
pub(super) const ABOUT: &str =
    "Markdown for pull requests and job summaries, short enough for a comment";

/// Bytes of a comment on GitHub, which takes 65 536 characters; GitLab takes more.
const LONGEST: usize = 65_536;

/// Bytes kept for the sentence about what is left out.
const RESERVED: usize = 512;

/// Bytes that a finding with code takes at the very least.
const SHORTEST: usize = 64;

/// See the module.
pub(super) struct Markdown(pub(super) Arc<Templates>);

impl Format for Markdown {
    fn name(&self) -> &str {
        "markdown"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let (name, text) = self.0.named("report.md")?;
        let context = self.0.context(text, record, view)?;
        let draw = |context: &Value| self.0.render_value(&name, text, context);
        Ok(within(LONGEST, &context, draw)?.into_bytes())
    }
}

/// Draws `context` in at most `longest` bytes.
pub(crate) fn within(
    longest: usize,
    context: &Value,
    draw: impl Fn(&Value) -> Result<String, RenderError>,
) -> Result<String, RenderError> {
    let whole = draw(context)?;
    if whole.len() <= longest {
        return Ok(whole);
    }
    let room = longest.saturating_sub(RESERVED);
    // Code of more findings than that never fits, and every step of the search copies what is left.
    let context = &with_code(context, longest / SHORTEST);
    let (findings, groups) = (findings(context).len(), groups(context).len());
    // Less is left out with every step of the search, so that what fits is found in few of them.
    let most = |all: usize,
                shorten: &dyn Fn(usize) -> Value|
     -> Result<Option<(usize, String)>, RenderError> {
        let (mut low, mut high, mut best) = (0, all, None);
        while low <= high {
            let middle = low + (high - low) / 2;
            let drawn = draw(&shorten(middle))?;
            if drawn.len() <= room {
                best = Some((middle, drawn));
                low = middle + 1;
            } else if middle == 0 {
                break;
            } else {
                high = middle - 1;
            }
        }
        Ok(best)
    };
    let say = |text: String, left_out: &str| {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        format!(
            "{text}{end}\n_Shortened to fit into a comment: {left_out}. `run.json`, `--format html` and `--format json` have all._\n"
        )
    };
    if let Some((kept, text)) = most(findings, &|kept| with_code(context, kept))? {
        let out = count(findings - kept, "finding", "findings");
        return Ok(say(
            text,
            &format!("the code of {out} of the lowest rank is left out"),
        ));
    }
    let bare = with_code(context, 0);
    if let Some((kept, text)) = most(groups, &|kept| with_groups(&bare, kept))? {
        let out = count(groups - kept, "rule", "rules");
        return Ok(say(
            text,
            &format!(
                "the code of all findings and the findings of {out} of the lowest rank are left out"
            ),
        ));
    }
    let mut bare = with_groups(&bare, 0);
    for part in ["metrics", "steps", "budgets"] {
        bare[part] = json!([]);
    }
    bare["comparison"] = Value::Null;
    let mut text = draw(&bare)?;
    if text.len() > room {
        text.truncate(text.floor_char_boundary(room));
        text.truncate(text.rfind('\n').unwrap_or(0));
    }
    Ok(say(
        text,
        "findings, metrics, budgets and steps are left out",
    ))
}

fn groups(context: &Value) -> &[Value] {
    context["groups"].as_array().map_or(&[], Vec::as_slice)
}

/// Position in the ranking, group and place in it of every finding; those without a rank last.
fn findings(context: &Value) -> Vec<(u64, usize, usize)> {
    let mut all = Vec::new();
    for (group, value) in groups(context).iter().enumerate() {
        for (at, finding) in value["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            all.push((finding["position"].as_u64().unwrap_or(u64::MAX), group, at));
        }
    }
    all.sort_unstable();
    all
}

/// The same with the code of the first `kept` findings only.
fn with_code(context: &Value, kept: usize) -> Value {
    let mut short = context.clone();
    for (_, group, at) in findings(context).into_iter().skip(kept) {
        let finding = &mut short["groups"][group]["findings"][at];
        finding["frame"] = json!({ "text": "", "lines": [] });
        finding["related"] = json!([]);
        finding["fix"] = Value::Null;
    }
    short
}

/// The same with the first `kept` rules only.
fn with_groups(context: &Value, kept: usize) -> Value {
    let mut short = context.clone();
    short["groups"] = groups(context).iter().take(kept).cloned().collect();
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    /// A record of `rules` rules with `each` findings, whose lines are `wide`.
    fn record(rules: usize, each: usize, wide: usize) -> RunRecord {
        let mut record = fixture::small();
        let one = record.findings[0].clone();
        record.findings.clear();
        for at in 0..rules * each {
            let mut finding = one.clone();
            finding.rule = perfctl_core::ids::RuleId::new(format!("NET-{}", at / each));
            finding.message = format!("finding {at} {}", "m".repeat(wide / 2));
            finding.excerpt.text = format!("line {at} {}", "x".repeat(wide.min(200)));
            finding.rank = one.rank.map(|rank| perfctl_core::rank::Rank {
                position: at + 1,
                ..rank
            });
            record.findings.push(finding);
        }
        record
    }

    fn text(record: &RunRecord, longest: usize) -> String {
        let templates = crate::template::embedded_for_tests();
        let (name, text) = templates.named("report.md").expect("there");
        let context = templates
            .context(text, record, &View::default())
            .expect("JSON");
        let draw = |context: &Value| templates.render_value(&name, text, context);
        let said = within(longest, &context, draw).expect("renders");
        assert!(said.len() <= longest, "{}", said.len());
        said
    }

    #[test]
    fn the_code_of_the_lowest_rank_goes_first_and_it_is_said() {
        let text = text(&record(6, 6, 200), 20_000);
        // No more is left out than has to be.
        assert!(text.len() > 20_000 - 3 * RESERVED, "{}", text.len());
        assert!(text.contains(" line 0 x") && !text.contains(" line 35 x"));
        assert!(text.contains("finding 35 "));
        let end = text.lines().last().expect("one");
        assert!(
            end.starts_with("_Shortened to fit into a comment: the code of ")
                && end.contains(" findings of the lowest rank is left out."),
            "{end}"
        );
    }

    #[test]
    fn what_is_longer_still_loses_rules_and_stays_within_the_limit() {
        let said = text(&record(8, 8, 400), 8_000);
        assert!(said.contains("finding 0 ") && !said.contains("finding 63 "));
        assert!(said.contains("rules of the lowest rank are left out"));
        // A list of items alone may be too long.
        let mut record = record(1, 1, 10);
        let item = record.items[0].clone();
        record.items = vec![item; 200];
        assert!(text(&record, 8_000).contains("_Shortened to fit"));
    }

    #[test]
    fn what_fits_is_not_touched() {
        assert!(!text(&fixture::rich(), LONGEST).contains("Shortened"));
    }
}
