//! For people at a terminal: findings as compilers show them, then the checklist, what to do first, and budgets.

use perfctl_core::finding::Finding;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Format, RenderError, View};
use perfctl_core::verdict::{Item, Verdict};

use crate::select;
use crate::summary::{self, Totals};
use crate::terminal::paint::{self, Paint};
use crate::terminal::wrap;
use crate::{against, evidence, ledger, listed, neutral, overview, shown_finding};

/// Help of `--format human`.
pub(super) const ABOUT: &str = "for people: findings with code, the checklist, what to do first";

/// Findings of one rule that are shown with their code, unless all are asked for. Another of the same teaches nothing new.
const WITH_CODE: usize = 3;

/// See the module.
pub(super) struct Human;

impl Format for Human {
    fn name(&self) -> &str {
        "human"
    }

    fn about(&self) -> &str {
        ABOUT
    }

    fn render(&self, record: &RunRecord, view: &View) -> Result<Vec<u8>, RenderError> {
        let paint = Paint {
            colour: view.colour,
        };
        let mut out = String::new();
        for group in select::groups(record, view) {
            // The group holds them by rank: what is to be done first is among those with code.
            let mut findings = group.findings.clone();
            let with_code = if view.full { findings.len() } else { WITH_CODE };
            let mut rest = findings.split_off(with_code.min(findings.len()));
            let by_place = |a: &&Finding, b: &&Finding| {
                (a.silenced.is_some(), &a.place).cmp(&(b.silenced.is_some(), &b.place))
            };
            findings.sort_by(by_place);
            rest.sort_by(by_place);
            // A rule looks at several languages, and each has a way of its own.
            let mut ways: Vec<String> = Vec::new();
            let above = std::iter::once(None).chain(findings.iter().copied().map(Some));
            for (at, (finding, above)) in findings.iter().copied().zip(above).enumerate() {
                let came_back = ledger::came_back(record, finding);
                let since = ledger::since(record, finding).filter(|_| view.full || came_back);
                let how = group.rule.map(|rule| shown_finding::how(rule, finding));
                let new = how.filter(|how| !ways.contains(how));
                let again = at > 0 && new.is_some();
                ways.extend(new);
                let told = shown_finding::Told {
                    rule: group.rule,
                    full: at == 0,
                    again,
                    since: since.as_deref(),
                    above,
                };
                out.push_str(&shown_finding::draw(finding, &told, view));
                out.push('\n');
            }
            if !rest.is_empty() {
                out.push_str(&more(record, group.id.as_str(), &rest, view));
                out.push('\n');
            }
        }
        // Who broke a run off wants what was found until then, and no list of what was not.
        let is_cut = record.interrupted && !view.full;
        let problems: &[_] = if is_cut { &[] } else { &record.problems };
        for problem in problems {
            let subject = neutral::line(&problem.subject);
            let message = neutral::sentence(&problem.message);
            out.push_str(&paint.paint(paint::word("error"), "problem"));
            out.push_str(&format!(": {subject}: {message}\n"));
        }
        // Whoever wants findings alone wants nothing where there are none.
        let notes: &[String] = match view.brief || is_cut {
            true => &[],
            false => &record.notes,
        };
        for note in notes {
            out.push_str(&format!(
                "{}: {}\n",
                paint.paint(paint::CYAN, "note"),
                neutral::sentence(note)
            ));
        }
        if !problems.is_empty() || !notes.is_empty() {
            out.push('\n');
        }
        let totals = Totals::of(record);
        let broke = |item: &Item| !is_cut && matches!(item.verdict, Verdict::Error(_));
        let identified_and_fixed = match view.full {
            true => ledger::section(record, view),
            // A comparison says it of what it compares.
            false if record.comparison.is_some() => String::new(),
            false => ledger::fixed_by_this_run(record, view),
        };
        let sections = [
            (totals.steps_failed > 0, overview::steps(record, view)),
            (
                record.items.iter().any(broke),
                listed::checklists(record, view),
            ),
            (
                record.items.iter().any(broke),
                overview::checklist(record, view),
            ),
            (false, overview::first(record, view)),
            (totals.budgets_broken > 0, overview::budgets(record, view)),
            (false, against::section(record, view)),
            (false, identified_and_fixed),
        ];
        for (is_wrong, section) in sections {
            if !section.is_empty() && (is_wrong || !(view.brief || is_cut)) {
                out.push_str(&section);
                out.push('\n');
            }
        }
        if view.brief && out.is_empty() {
            return Ok(Vec::new());
        }
        let wrapped = |text: String| wrap::hanging(&text, view.width, "  ");
        let headline = wrapped(format!("perfctl: {}", summary::headline_for(record, view)));
        out.push_str(&format!(
            "{}\n",
            headline.replacen("perfctl", &paint.heading("perfctl"), 1)
        ));
        if view.brief {
            return Ok(out.into_bytes());
        }
        let next = wrapped(format!("next: {}", summary::next_step(record)));
        out.push_str(&format!(
            "{}\n",
            next.replacen("next", &paint.paint(paint::CYAN, "next"), 1)
        ));
        if let Some(ways) = evidence::ways(record) {
            let ways = wrapped(format!("evidence: {ways}"));
            let word = paint.paint(paint::CYAN, "evidence");
            out.push_str(&format!("{}\n", ways.replacen("evidence", &word, 1)));
        }
        Ok(out.into_bytes())
    }
}

/// The findings of a rule after the first ones: each in a line.
fn more(record: &RunRecord, rule: &str, rest: &[&Finding], view: &View) -> String {
    let paint = Paint {
        colour: view.colour,
    };
    let rule = neutral::line(rule);
    let mut out = format!(
        "{}: {} more, as above; -v shows the code\n",
        paint.heading(&rule),
        rest.len()
    );
    for finding in rest {
        let back = match ledger::came_back(record, finding) {
            true => " (came back)",
            false => "",
        };
        let line = shown_finding::in_a_line(finding, paint);
        out.push_str(&format!("  {line}{back}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn text(record: &RunRecord, view: View) -> String {
        String::from_utf8(Human.render(record, &view).expect("renders")).expect("UTF-8")
    }

    #[test]
    fn a_brief_view_is_empty_where_nothing_is_found() {
        let brief = View {
            brief: true,
            ..View::default()
        };
        assert_eq!(text(&fixture::clean(), brief), "");
        let found = text(&fixture::small(), brief);
        assert!(
            found.contains("-->") && !found.contains("Checklist"),
            "{found}"
        );
        assert!(!found.contains("next:"), "{found}");
    }

    #[test]
    fn a_run_that_was_broken_off_shows_what_it_found_and_no_list_of_the_rest() {
        let mut record = fixture::rich();
        record.interrupted = true;
        let said = text(&record, View::default());
        assert!(
            said.contains("-->") && said.contains("items judged"),
            "{said}"
        );
        for absent in ["Checklist", "things to do first", "problem:"] {
            assert!(!said.contains(absent), "{absent}: {said}");
        }
        let full = View {
            full: true,
            ..View::default()
        };
        assert!(text(&record, full).contains("Checklist"));
    }

    #[test]
    fn a_check_names_in_a_line_what_nobody_has_to_look_at() {
        let mut record = fixture::clean();
        let check = text(&record, View::default());
        assert!(check.contains("  1 pass: "), "{check}");
        assert!(!check.contains("verdict"), "{check}");
        let full = View {
            full: true,
            ..View::default()
        };
        assert!(text(&record, full).contains("  pass     "), "{check}");
        record.recipe = "quick-wins".to_owned();
        assert!(
            text(&record, View::default()).contains("  pass     "),
            "{check}"
        );
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let record = fixture::rich();
        let plain = text(
            &record,
            View {
                width: 100,
                ..View::default()
            },
        );
        let styled = text(
            &record,
            View {
                width: 100,
                colour: true,
                ..View::default()
            },
        );
        assert!(styled.contains('\u{1b}') && !plain.contains('\u{1b}'));
        assert_eq!(crate::testing::without_colour(&styled), plain);
    }

    #[test]
    fn suspicions_and_silenced_findings_are_shown_on_request_only() {
        let record = fixture::rich();
        let usual = text(&record, View::default());
        assert!(!usual.contains("may grow without bound") && !usual.contains("= silenced"));
        let all = text(
            &record,
            View {
                suspicions: true,
                silenced: true,
                ..View::default()
            },
        );
        assert!(
            all.contains("may grow without bound") && all.contains("= silenced: waiver"),
            "{all}"
        );
    }

    #[test]
    fn a_flag_is_named_only_to_those_who_can_give_it() {
        let record = fixture::rich();
        let flags = View {
            flags: true,
            ..View::default()
        };
        assert!(text(&record, flags).contains("1 suspicion not counted (--confidence low shows"));
        assert!(text(&record, View::default()).contains("1 suspicion not counted;"));
        assert!(!crate::headline(&record).contains("--"));
    }

    #[test]
    fn how_to_mend_it_is_told_once_per_language() {
        let mut record = fixture::small();
        record.rules[0].help.fix =
            "Give it a limit. Python: `timeout=3`. Go: `Timeout` of a client.".to_owned();
        let one = record.findings[0].clone();
        record.findings = ["a.py", "b.py", "c.go"]
            .map(|path| Finding {
                place: perfctl_core::place::Place {
                    path: path.into(),
                    ..one.place.clone()
                },
                ..one.clone()
            })
            .to_vec();
        let said = text(&record, View::default());
        let fixes: Vec<&str> = said
            .lines()
            .filter(|line| line.contains("= fix: "))
            .collect();
        assert_eq!(fixes.len(), 2, "{said}");
        assert!(fixes[0].ends_with("Python: `timeout=3`."), "{said}");
        assert!(fixes[1].ends_with("Go: `Timeout` of a client."), "{said}");
        assert_eq!(said.matches("= why: ").count(), 1, "{said}");
    }

    #[test]
    fn after_the_third_finding_of_a_rule_one_line_is_enough() {
        let mut record = fixture::small();
        let one = record.findings[0].clone();
        record.findings = (0..5)
            .map(|at| {
                let mut finding = one.clone();
                // The last file has the best rank.
                finding.place.path = format!("app/{}.py", 9 - at).as_str().into();
                finding
            })
            .collect();
        let said = text(&record, View::default());
        assert_eq!(said.matches("--> app/").count(), 3, "{said}");
        assert!(said.contains("--> app/9.py:14:16"), "{said}");
        assert!(
            said.contains(
                "NET-901: 2 more, as above; -v shows the code\n  app/5.py:14:16: high NET-901 "
            ),
            "{said}"
        );
        assert!(
            said.contains("\nnext: mend NET-901 at app/9.py:14"),
            "{said}"
        );
        let full = View {
            full: true,
            ..View::default()
        };
        let said = text(&record, full);
        assert_eq!(said.matches("--> app/").count(), 5, "{said}");
        assert!(!said.contains("more, as above"), "{said}");
    }

    #[test]
    fn findings_of_a_rule_on_one_line_share_its_code() {
        let mut record = fixture::small();
        let mut one = record.findings.remove(0);
        one.related.clear();
        one.fix = None;
        let column = |column: u32| {
            let mut finding = one.clone();
            finding.place.start.column = column;
            finding.message = format!("at {column}");
            finding
        };
        record.findings = vec![column(5), column(16)];
        let said = text(&record, View::default());
        let code = one.excerpt.text.lines().last().expect("it has code").trim();
        assert_eq!(said.matches(code).count(), 1, "{said}");
        assert_eq!(said.matches("= note: ").count(), 2, "{said}");
        let second = &said[said.find("at 16").expect("it is told")..];
        assert!(
            second
                .lines()
                .nth(1)
                .is_some_and(|line| line.ends_with("app/billing.py:14:16")),
            "{said}"
        );
        // Another line has code of its own, and so has what only the second one is explained by.
        record.findings[1].place.start.line -= 1;
        assert_eq!(text(&record, View::default()).matches(code).count(), 2);
        record.findings[1] = column(16);
        record.findings[1].related = vec![perfctl_core::finding::Related {
            message: "made here".to_owned(),
            place: one.place.clone(),
            excerpt: one.excerpt.clone(),
        }];
        assert_eq!(text(&record, View::default()).matches(code).count(), 2);
    }

    #[test]
    fn the_lines_of_a_change_are_shown_once_per_rule_unless_all_are_asked_for() {
        let mut record = fixture::rich();
        let mut one = record.findings.remove(0);
        one.fix = Some(perfctl_core::fix::Fix {
            title: "give it a limit".to_owned(),
            safety: perfctl_core::fix::Safety::Unsafe,
            edits: Vec::new(),
            diff: "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+with_a_limit\n".to_owned(),
        });
        record.findings = vec![one.clone(), one];
        let said = text(&record, View::default());
        assert_eq!(said.matches("change: give it a limit").count(), 2, "{said}");
        assert_eq!(said.matches("+with_a_limit").count(), 1, "{said}");
        let full = View {
            full: true,
            ..View::default()
        };
        assert_eq!(text(&record, full).matches("+with_a_limit").count(), 2);
    }

    #[test]
    fn a_narrow_terminal_is_respected_outside_of_code() {
        use unicode_width::UnicodeWidthStr;

        let record = fixture::rich();
        let whole = text(
            &record,
            View {
                width: 80,
                ..View::default()
            },
        );
        let tables = &whole[whole.find("Checklist").expect("there is a checklist")..];
        let end = tables.find("\nperfctl:").expect("there is a summary");
        for line in tables[..end].lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
    }
}
