//! What rules say for themselves, on the terminal and on the page of all rules, and what every text has to hold.

use std::collections::BTreeSet;

use toml::Table;

use crate::browser::Browser;
use crate::support::{World, project};
use crate::tidy::rule_folders;

/// The languages of code blocks, by the names of the scanner; others are files.
const LANGUAGES: [&str; 4] = ["python", "javascript", "typescript", "go"];

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table
        .get(key)
        .and_then(toml::Value::as_str)
        .unwrap_or_default()
        .trim()
}

/// Whether a rule reports places; one of presence only says whether something is there.
fn finds(folder: &std::path::Path, id: &str) -> bool {
    let mut texts = Vec::new();
    crate::tidy::all_files(&folder.join("cases"), &mut texts);
    let mut texts = texts
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    texts.any(|text| crate::tidy::is_found_in(&text, id))
}

#[test]
fn every_help_has_a_number_its_source_code_and_what_to_measure() {
    let mut faults = Vec::new();
    for folder in rule_folders() {
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        let rule = std::fs::read_to_string(folder.join("rule.toml")).unwrap();
        let rule: Table = rule.parse().unwrap();
        let help = rule["help"].as_table().unwrap();
        let mut need = |holds: bool, what: &str| {
            if !holds {
                faults.push(format!("{id}: {what}"));
            }
        };
        let why = text(help, "why");
        // What a missing document costs, nobody has measured; what it looks like, prose says.
        let is_prose = rule["category"].as_str() == Some("documentation");
        need(
            is_prose || why.contains(|c: char| c.is_ascii_digit()),
            "`why` needs a figure: what does it cost?",
        );
        need(
            !text(help, "source").is_empty(),
            "`source` says where the figure comes from",
        );
        need(
            !text(help, "what").is_empty(),
            "`what` says what it looks for",
        );
        need(
            !text(help, "false_alarms").is_empty(),
            "`false_alarms` says when it is wrong",
        );
        need(
            is_prose || text(help, "fix").contains('`'),
            "`fix` shows the code that mends it",
        );
        let example = text(help, "example");
        need(
            example.contains("```") || !finds(&folder, &id),
            "`example` shows code that is found",
        );
        let has_metric = rule.contains_key("metric");
        need(
            !has_metric || !text(help, "measure").is_empty(),
            "`measure` says how its metric is made",
        );
        let own = rule.get("languages").and_then(toml::Value::as_array);
        let own: BTreeSet<&str> = own
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .collect();
        for line in example
            .lines()
            .filter_map(|line| line.trim().strip_prefix("```"))
        {
            let fits = !LANGUAGES.contains(&line) || own.is_empty() || own.contains(line);
            need(
                fits,
                &format!("`example` shows {line}, which it does not look at"),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn explain_says_what_confirms_a_rule_and_which_lines_it_answers() {
    let said = World::new()
        .run(&["rule", "explain", "NET-PERF-004"])
        .expect(0)
        .out();
    let answers = said.find("What it answers").expect("its lines");
    assert!(said[answers..].contains("pre-deploy, line "), "{said}");
    let world = World::new();
    world.file("org/plugins/org/pack.toml", "schema = \"perfctl.pack/1\"\nid = \"org\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n");
    let rule = project().join("plugins/perf/PERF-001");
    let head = std::fs::read_to_string(rule.join("rule.toml")).unwrap();
    let head: String = head
        .lines()
        .map(|line| match line.starts_with("metric = ") {
            true => "metric = \"import.total\"\n".to_owned(),
            false => format!("{line}\n"),
        })
        .collect();
    let script = "return { check = function() end }\n";
    world.file(
        "org/plugins/org/ORG-001/rule.toml",
        &head.replace("\"PERF-001\"", "\"ORG-001\""),
    );
    world.file("org/plugins/org/ORG-001/rule.lua", script);
    let said = world.run(&["--config", "org", "rule", "explain", "ORG-001"]);
    let (out, err) = (said.out(), said.err());
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("of `perfctl recipe run quick-wins` measures import.total"),
        "{out}\n{err}"
    );
}

/// The page of all rules, in a file.
fn page(world: &World) -> std::path::PathBuf {
    world
        .run(&["rule", "list", "--format", "html", "--output", "rules.html"])
        .expect(0);
    world.work().join("rules.html")
}

#[test]
fn the_page_of_rules_has_every_rule_with_what_explain_says() {
    let world = World::new();
    let page = std::fs::read_to_string(page(&world)).unwrap();
    for folder in rule_folders() {
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            page.contains(&format!("<article class=\"rule\" id=\"{id}\"")),
            "{id}"
        );
        assert!(page.contains(&format!("<tr data-id=\"{id}\">")), "{id}");
    }
    assert!(page.contains("<li>pre-deploy, line "));
    let refused = world
        .run(&[
            "rule",
            "list",
            "--format",
            "html",
            "--output",
            "none/rules.html",
        ])
        .expect(2);
    assert!(refused.err().contains("there is no directory none"));
}

#[test]
fn the_page_of_rules_is_searched_filtered_and_linked_to_without_a_network() {
    let Some(mut browser) =
        Browser::open("the_page_of_rules_is_searched_filtered_and_linked_to_without_a_network")
    else {
        return;
    };
    let world = World::new();
    let file = page(&world);
    browser.visit(&format!("file://{}", file.display()));
    const SHOWN: &str = "document.querySelectorAll('article.rule:not([hidden])').length";
    const ROWS: &str = "document.querySelectorAll('#matrix tbody tr:not([hidden])').length";
    let all = browser.evaluate(SHOWN).as_u64().unwrap();
    assert!(all as usize > rule_folders().len());
    browser.evaluate(
        "document.querySelector('#q').value = 'timeout requests';
         document.querySelector('#q').dispatchEvent(new Event('input'))",
    );
    let some = browser.evaluate(SHOWN).as_u64().unwrap();
    assert!((1..all).contains(&some), "{some} of {all}");
    assert_eq!(browser.evaluate(ROWS).as_u64(), Some(some));
    // A link to a rule shows it, whatever was searched for.
    browser.evaluate(
        "document.querySelector('#q').value = 'nothingislikethis';
         document.querySelector('#q').dispatchEvent(new Event('input'))",
    );
    assert_eq!(browser.evaluate(SHOWN), 0);
    assert_eq!(
        browser.evaluate("document.querySelector('#none').hidden"),
        false
    );
    browser.evaluate(
        "location.hash = '#NET-PERF-004'; dispatchEvent(new HashChangeEvent('hashchange'))",
    );
    assert_eq!(browser.evaluate(SHOWN).as_u64(), Some(all));
    browser.evaluate(
        "const by = document.querySelector('select[name=language]'); by.value = 'go'; by.dispatchEvent(new Event('change'))",
    );
    let go = browser.evaluate(SHOWN).as_u64().unwrap();
    assert!((1..all).contains(&go), "{go}");
    assert_eq!(browser.errors(), Vec::<String>::new());
    let asked = browser.events("Network.requestWillBeSent");
    let mut urls = asked
        .iter()
        .filter_map(|event| event["request"]["url"].as_str());
    assert!(urls.all(|url| url.starts_with("file://")));
}
