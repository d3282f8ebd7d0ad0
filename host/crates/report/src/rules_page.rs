//! All rules on one page for a browser or paper: searchable, linkable by `#ID`, without anything from elsewhere. Made of the same
//! texts as `perfctl rule explain`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use perfctl_core::rule::Rule;
use perfctl_core::scale::Severity;

use crate::{escape, help_text, neutral};

const STYLE: &str = include_str!("rules_page/page.css");
const SCRIPT: &str = include_str!("rules_page/page.js");

/// The word for rules that look at files and not at code.
const FILES: &str = "files";

/// A rule with what its own texts do not say.
pub struct PageRule<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// The steps that make its metric, as a sentence without its end.
    pub confirmed_by: Option<String>,
    /// Lines of checklists that it answers.
    pub lines: Vec<String>,
}

/// The page of `rules`, in their order. `version` is the program's.
pub fn rules_page(rules: &[PageRule<'_>], version: &str) -> String {
    let languages: BTreeSet<&str> = rules
        .iter()
        .flat_map(|one| &one.rule.languages)
        .map(String::as_str)
        .collect();
    let languages: Vec<&str> = languages.into_iter().chain([FILES]).collect();
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"perfctl {version}\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <title>perfctl rules</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#rules\">Skip to the rules</a>\n\
         <header class=\"wrap\">\n<h1>{} rules</h1>\n\
         <p class=\"muted\">perfctl {version}. <code>perfctl rule explain ID</code> says the same in a terminal. Keys: <code>/</code> searches, \
         <code>Esc</code> shows all, <code>j</code> and <code>k</code> go from rule to rule.</p>\n</header>\n",
        rules.len(),
        version = escape::html(version),
    );
    tools(&mut out, rules, &languages);
    out.push_str("<main class=\"wrap\">\n");
    matrix(&mut out, rules, &languages);
    out.push_str(
        "<section id=\"rules\" aria-labelledby=\"rules-h\">\n<h2 id=\"rules-h\">Rules</h2>\n",
    );
    for one in rules {
        article(&mut out, one);
    }
    let _ = write!(
        out,
        "<p id=\"none\" class=\"none\" hidden>No rule is like that.</p>\n</section>\n</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    );
    out
}

fn text(text: &str) -> String {
    escape::html(&neutral::line(text))
}

/// The classes of fixes that there are, and that there may be none.
fn fix_class(rule: &Rule) -> &'static str {
    rule.fix.map_or("none", |safety| safety.word())
}

fn looks_at(rule: &Rule) -> Vec<&str> {
    match rule.languages.as_slice() {
        [] => vec![FILES],
        languages => languages.iter().map(String::as_str).collect(),
    }
}

/// The bar of search and filters; hidden until the script can serve it.
fn tools(out: &mut String, rules: &[PageRule<'_>], languages: &[&str]) {
    out.push_str(
        "<div class=\"tools\" role=\"search\" hidden><div class=\"wrap\">\n\
         <input id=\"q\" type=\"search\" placeholder=\"Search\" aria-label=\"Search rules\" autocomplete=\"off\">\n",
    );
    let categories: BTreeSet<&str> = rules.iter().map(|one| &*one.rule.category).collect();
    let severities = Severity::ALL.iter().rev().map(|severity| severity.word());
    let fixes: BTreeSet<&str> = rules.iter().map(|one| fix_class(one.rule)).collect();
    for (name, label, words) in [
        (
            "category",
            "Any category",
            categories.into_iter().collect::<Vec<_>>(),
        ),
        ("severity", "Any severity", severities.collect()),
        ("language", "Any language", languages.to_vec()),
        ("fix", "Any fix", fixes.into_iter().collect()),
    ] {
        let _ = write!(
            out,
            "<select name=\"{name}\" aria-label=\"{label}\"><option value=\"\">{label}</option>"
        );
        for word in words {
            let shown = text(word);
            let _ = write!(
                out,
                "<option value=\"{}\">{shown}</option>",
                escape::attribute(word)
            );
        }
        out.push_str("</select>\n");
    }
    out.push_str("<output id=\"found\"></output>\n</div></div>\n");
}

/// Rule by language: where it looks, and why it does not look elsewhere.
fn matrix(out: &mut String, rules: &[PageRule<'_>], languages: &[&str]) {
    out.push_str(
        "<section id=\"matrix\" aria-labelledby=\"matrix-h\">\n<h2 id=\"matrix-h\">Rules by language</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"matrix-h\">\n<table>\n<thead><tr><th scope=\"col\">Rule</th>\
         <th scope=\"col\">Severity</th>",
    );
    for language in languages {
        let _ = write!(out, "<th scope=\"col\">{}</th>", text(language));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for PageRule { rule, .. } in rules {
        let id = rule.id.as_str();
        let severity = rule.severity.word();
        let _ = write!(
            out,
            "<tr data-id=\"{0}\"><th scope=\"row\"><a class=\"id\" href=\"#{0}\">{0}</a> {1}</th><td class=\"s-{severity}\">{severity}</td>",
            text(id),
            text(&rule.title)
        );
        let own = looks_at(rule);
        for language in languages {
            let why = rule.elsewhere.get(*language);
            let cell = match (own.contains(language), why) {
                (true, _) => "<td class=\"yes\">yes</td>".to_owned(),
                (false, Some(why)) => {
                    let why = neutral::sentence(why);
                    format!(
                        "<td class=\"no\" title=\"{}\">no*</td>",
                        escape::attribute(&why)
                    )
                }
                (false, None) => "<td class=\"no\">–</td>".to_owned(),
            };
            out.push_str(&cell);
        }
        out.push_str("</tr>\n");
    }
    out.push_str(
        "</tbody>\n</table>\n</div>\n<p class=\"muted\">* with its reason, here under the pointer and below with the rule.</p>\n</section>\n",
    );
}

fn article(out: &mut String, one: &PageRule<'_>) {
    let rule = one.rule;
    let id = text(rule.id.as_str());
    let severity = rule.severity.word();
    let aliases = rule.aliases.iter().map(|alias| {
        // A checklist's own number leads here too.
        let alias = text(alias.as_str());
        format!("<span id=\"{alias}\" class=\"id\">{alias}</span>")
    });
    let aliases: Vec<String> = aliases.collect();
    let _ = write!(
        out,
        "<article class=\"rule\" id=\"{id}\" tabindex=\"-1\" data-category=\"{}\" data-severity=\"{severity}\" data-language=\"{}\" data-fix=\"{}\">\n\
         <h3><a class=\"id\" href=\"#{id}\">{id}</a> {}</h3>\n<ul class=\"facts\">\n<li class=\"s-{severity}\">{severity}</li>\n<li>{}</li>\n\
         <li>{}</li>\n<li>effort {}</li>\n<li>fix: {}</li>\n",
        escape::attribute(&rule.category),
        escape::attribute(&looks_at(rule).join(" ")),
        fix_class(rule),
        text(&rule.title),
        text(&rule.category),
        text(&looks_at(rule).join(", ")),
        rule.effort.word(),
        fix_class(rule),
    );
    if let Some(metric) = &rule.metric {
        let _ = writeln!(
            out,
            "<li>metric <code>{}</code></li>",
            text(metric.as_str())
        );
    }
    if !aliases.is_empty() {
        let _ = writeln!(out, "<li>also known as {}</li>", aliases.join(", "));
    }
    if !rule.keywords.is_empty() {
        let _ = writeln!(
            out,
            "<li class=\"words\">about {}</li>",
            text(&rule.keywords.join(", "))
        );
    }
    if !rule.tags.is_empty() {
        let _ = writeln!(out, "<li>{}</li>", text(&rule.tags.join(", ")));
    }
    out.push_str("</ul>\n");
    let help = &rule.help;
    let source = match help.source.trim() {
        "" => String::new(),
        source => format!("\n\nSource: {source}"),
    };
    let confirmed = one.confirmed_by.as_ref();
    let confirmed = confirmed.map_or(String::new(), |by| {
        format!("\n\nConfirmed by measurement: {by}.")
    });
    for (title, body) in [
        ("What it looks for", help.what.clone()),
        ("Why", format!("{}{source}", help.why)),
        (
            "What is found",
            help_text::labelled(&help.example).into_owned(),
        ),
        (
            "How to mend it",
            help_text::labelled(&help.fix).into_owned(),
        ),
        ("When it is wrong", help.false_alarms.clone()),
        ("How to measure it", format!("{}{confirmed}", help.measure)),
    ] {
        if !body.trim().is_empty() {
            let _ = write!(out, "<h4>{title}</h4>\n{}", help_text::to_html(&body));
        }
    }
    if !rule.elsewhere.is_empty() {
        out.push_str("<h4>Not for every language</h4>\n<ul>");
        for (language, why) in &rule.elsewhere {
            let why = escape::html(&neutral::sentence(why));
            let _ = write!(out, "<li>{}: {why}</li>", text(language));
        }
        out.push_str("</ul>\n");
    }
    if !one.lines.is_empty() {
        out.push_str("<h4>Answers</h4>\n<ul>");
        for line in &one.lines {
            let _ = write!(out, "<li>{}</li>", escape::html(&neutral::sentence(line)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</article>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn page(change: impl FnOnce(&mut Rule)) -> String {
        let mut rules = fixture::rich().rules;
        change(&mut rules[0]);
        let rules: Vec<PageRule<'_>> = rules
            .iter()
            .map(|rule| PageRule {
                rule,
                confirmed_by: Some("step `x` of `perfctl recipe run y` measures z".to_owned()),
                lines: vec!["Checklist A, line 3: timeouts".to_owned()],
            })
            .collect();
        rules_page(&rules, "0.1.0")
    }

    #[test]
    fn every_rule_has_a_row_and_a_text_that_can_be_linked_to() {
        let page = page(|_| ());
        let rules = fixture::rich().rules;
        assert_eq!(page.matches("<article ").count(), rules.len());
        for rule in &rules {
            assert!(page.contains(&format!("id=\"{}\"", rule.id)), "{}", rule.id);
            assert!(
                page.contains(&format!("href=\"#{}\"", rule.id)),
                "{}",
                rule.id
            );
        }
        assert!(page.contains("<li>Checklist A, line 3: timeouts</li>"));
        assert!(page.contains("measures z."));
        // Nothing is asked of anybody.
        for away in ["src=", "@import", "url(", "<link"] {
            assert!(!page.contains(away), "{away}");
        }
    }

    #[test]
    fn a_rules_words_cannot_leave_their_place() {
        let page = page(|rule| {
            rule.title = "<script>alert(1)</script>".to_owned();
            rule.category = "\"><img src=x>".to_owned();
            rule.help.what = "<b onclick=x>bold</b> [a](javascript:alert(1))".to_owned();
            let why = "\"><script>".to_owned();
            rule.elsewhere.insert("go".to_owned(), why);
        });
        for bad in [
            "<script>alert",
            "<img",
            "<b onclick",
            "javascript:",
            "\"><script>",
        ] {
            assert!(!page.contains(bad), "{bad}");
        }
    }
}
