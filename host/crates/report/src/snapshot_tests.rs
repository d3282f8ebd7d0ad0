//! Every format of the small and the rich record, as a reader would get it.

use std::sync::Arc;

use perfctl_core::run::RunRecord;
use perfctl_core::seams::View;
use perfctl_core::verdict::Verdict;

use crate::{fixture, format, overview};

fn text(name: &str, record: &RunRecord, view: &View) -> String {
    let templates = Arc::new(crate::template::embedded_for_tests());
    let bytes = format::find(name)
        .expect("a format")
        .build(&templates)
        .render(record, view)
        .expect("renders");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The page without its style and script, which have no content of the record.
fn without_assets(page: &str) -> String {
    let mut out = page.to_owned();
    for tag in ["style", "script"] {
        let start = out.find(&format!("<{tag}>")).expect("one is there") + tag.len() + 2;
        let end = out.find(&format!("</{tag}>")).expect("it ends");
        out.replace_range(start..end, "");
    }
    out
}

/// JSON on one line, laid out so that a change can be read.
fn laid_out(text: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON")
}

#[test]
fn every_format_of_a_small_and_a_rich_record() {
    for (size, record) in [("small", fixture::small()), ("rich", fixture::rich())] {
        for entry in format::FORMATS {
            let view = View {
                width: 100,
                ..View::default()
            };
            let text = text(entry.name, &record, &view);
            let shown = match entry.name {
                "html" => without_assets(&text),
                "sarif" => laid_out(&text),
                _ => text,
            };
            insta::assert_snapshot!(format!("{size}_{}", entry.name), shown);
        }
    }
}

#[test]
fn a_broken_budget_without_a_finding() {
    let view = View {
        width: 100,
        ..View::default()
    };
    for name in ["human", "markdown", "junit", "github", "gitlab", "concise"] {
        let text = text(name, &fixture::slow(), &view);
        insta::assert_snapshot!(format!("slow_{name}"), text);
    }
}

#[test]
fn the_terminal_in_colour_narrow_and_with_everything() {
    let view = View {
        colour: true,
        width: 72,
        suspicions: true,
        silenced: true,
        full: true,
        brief: false,
        flags: true,
    };
    let styled = text("human", &fixture::rich(), &view);
    insta::assert_snapshot!("rich_human_colour", styled.replace('\u{1b}', "␛"));
}

#[test]
fn every_format_of_a_comparison() {
    let (before, after) = (fixture::earlier(), fixture::rich());
    let comparison = after.comparison.clone().expect("one is there");
    for name in crate::COMPARISON_FORMATS {
        let view = View {
            width: 100,
            ..View::default()
        };
        let bytes =
            crate::render_comparison(&before, &after, &comparison, name, &view).expect("renders");
        insta::assert_snapshot!(
            format!("comparison_{name}"),
            String::from_utf8(bytes).expect("UTF-8")
        );
    }
}

#[test]
fn a_checklist_in_a_terminal_in_markdown_and_on_a_page() {
    let record = fixture::listed();
    let view = View {
        width: 100,
        ..View::default()
    };
    let from = |text: &str, begin: &str, end: &str| {
        let text = &text[text.find(begin).expect("it begins")..];
        text[..text.find(end).expect("it ends")].to_owned()
    };
    let human = text("human", &record, &view);
    insta::assert_snapshot!(
        "listed_human",
        from(&human, "Checklist:", "things to do first")
    );
    let full = View { full: true, ..view };
    let human = text("human", &record, &full);
    insta::assert_snapshot!(
        "listed_human_full",
        from(&human, "Checklist:", "things to do first")
    );
    let markdown = text("markdown", &record, &view);
    insta::assert_snapshot!(
        "listed_markdown",
        from(&markdown, "## Checklist", "## Budgets")
    );
    let page = text("html", &record, &view);
    let part = from(&page, "<section id=\"checklist\"", "</section>");
    insta::assert_snapshot!("listed_html", part);
}

/// A template of a recipe, rendered.
fn rendered(name: &str, record: &RunRecord) -> String {
    let templates = crate::template::embedded_for_tests();
    let text = templates.render(name, record, &View::default());
    text.unwrap_or_else(|error| panic!("{}", error.message))
}

#[test]
fn the_reports_of_the_recipes() {
    let record = fixture::listed();
    for name in ["opportunities.md", "improvements.md", "comment.md"] {
        insta::assert_snapshot!(name.replace('.', "_"), rendered(name, &record));
    }
    for name in ["opportunities.html", "improvements.html"] {
        let page = without_assets(&rendered(name, &record));
        let main = page.find("<main").expect("a page");
        assert!(page[main..].contains("<section id=\"checklist\""), "{name}");
        assert!(!page.contains("{{"), "{name}");
    }
    // Without a run to compare with, each says so.
    let mut alone = record;
    alone.comparison = None;
    for name in ["improvements.md", "improvements.html", "comment.md"] {
        let text = rendered(name, &alone);
        assert!(text.contains("nothing to compare with"), "{name}");
    }
}

#[test]
fn what_is_only_in_the_baseline_ticks_no_box() {
    use perfctl_core::finding::Silenced;
    let mut record = fixture::listed();
    let line = |record: &RunRecord| {
        let text = rendered("comment.md", record);
        let at = text.find("calls have a `timeout`").expect("a line");
        let end = text[at..].find("- [").map_or(text.len(), |end| at + end);
        text[at - 6..end].trim_end().to_owned()
    };
    for finding in &mut record.findings {
        finding.silenced = Some(Silenced::Baseline);
    }
    for item in &mut record.items {
        if ["LOG-901", "NET-901"].contains(&item.id.as_str()) {
            item.silenced += item.findings;
            item.findings = 0;
            item.verdict = Verdict::Waived(format!("{} findings: in the baseline", item.silenced));
        }
    }
    insta::assert_snapshot!("comment_known", line(&record));
    for finding in &mut record.findings {
        finding.silenced = Some(Silenced::Comment("fine".to_owned()));
    }
    assert!(line(&record).starts_with("- [x] "), "{}", line(&record));
}

#[test]
fn what_waits_for_evidence_as_before_is_summed_up() {
    let mut record = fixture::listed();
    record.checklists.clear();
    let said = |record: &RunRecord| overview::checklist(record, &View::default());
    let waits =
        |item: &&perfctl_core::verdict::Item| matches!(item.verdict, Verdict::NeedsEvidence(_));
    let id = record.items.iter().find(waits).expect("one").id.clone();
    let verdicts = |record: &mut RunRecord| {
        let comparison = record.comparison.as_mut().expect("it is compared");
        std::mem::take(&mut comparison.verdicts)
    };
    verdicts(&mut record);
    let text = said(&record);
    assert!(text.contains("evidence, as before"), "{text}");
    assert!(!text.contains(id.as_str()), "{text}");
    record.comparison = None;
    let text = said(&record);
    assert!(
        text.contains(id.as_str()) && !text.contains("as before"),
        "{text}"
    );
}

#[test]
fn the_comment_says_how_many_more_are_gone_than_it_names() {
    let mut record = fixture::listed();
    let comparison = record.comparison.as_mut().expect("it is compared");
    let one = comparison.fixed[0].clone();
    comparison.fixed = vec![one.clone(); 50];
    assert!(!rendered("comment.md", &record).contains("- and "));
    let comparison = record.comparison.as_mut().expect("it is compared");
    comparison.fixed.extend([one.clone(), one]);
    assert!(rendered("comment.md", &record).contains("\n- and 2 more\n"));
}

#[test]
fn the_comment_of_a_change_fits_into_what_a_forge_takes() {
    let mut record = fixture::listed();
    let one = record.findings[0].clone();
    for at in 0..3000 {
        let mut finding = one.clone();
        finding.message = format!("finding {at} {}", "long ".repeat(120));
        record.findings.push(finding);
    }
    let text = rendered("comment.md", &record);
    assert!(text.len() <= 65_536, "{}", text.len());
    assert!(text.contains("_Shortened to fit into a comment"));
}
