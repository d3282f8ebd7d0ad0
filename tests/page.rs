//! report.html of the sample service, as a browser shows it.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::service::{Audit, audit};

const SHOWN: &str = "document.querySelectorAll('.finding:not([hidden])').length";

/// The audited sample and a browser that looks at its report.
fn open(test: &str) -> Option<(Audit, Browser)> {
    let mut browser = Browser::open(test)?;
    let audit = audit(&[]);
    browser.visit(&format!(
        "file://{}",
        audit.out.join("report.html").display()
    ));
    Some((audit, browser))
}

/// Findings that count and fit.
fn count(audit: &Audit, fits: impl Fn(&Value) -> bool) -> usize {
    let findings = audit.run["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| {
            finding["silenced"].is_null() && finding["confidence"] != "low" && fits(finding)
        })
        .count()
}

#[test]
fn the_page_shows_every_finding_without_an_error_and_asks_nobody() {
    let Some((audit, mut browser)) =
        open("the_page_shows_every_finding_without_an_error_and_asks_nobody")
    else {
        return;
    };
    assert_eq!(browser.evaluate(SHOWN), count(&audit, |_| true));
    let items = audit.run["items"].as_array().unwrap().len();
    assert_eq!(
        browser.evaluate("document.querySelectorAll('#checklist tbody tr').length"),
        items
    );
    assert!(
        browser
            .evaluate("document.title")
            .as_str()
            .unwrap()
            .contains("parcel")
    );
    assert_eq!(browser.errors(), Vec::<String>::new());
    let asked: Vec<&str> = browser
        .events("Network.requestWillBeSent")
        .into_iter()
        .filter_map(|event| event["request"]["url"].as_str())
        .collect();
    assert!(
        !asked.is_empty()
            && asked
                .iter()
                .all(|url| url.starts_with("file://") && url.ends_with("/report.html")),
        "{asked:?}"
    );

    // That nothing was seen means something: the page may not ask, and the browser says so when it tries.
    let went =
        browser.evaluate("fetch('http://127.0.0.1:9/').then(() => 'went out', () => 'refused')");
    assert_eq!(went, "refused");
    assert!(
        browser
            .errors()
            .iter()
            .any(|error| error.contains("Content Security Policy")),
        "{:?}",
        browser.errors()
    );
}

#[test]
fn the_search_and_the_severities_leave_what_fits() {
    let Some((audit, mut browser)) = open("the_search_and_the_severities_leave_what_fits") else {
        return;
    };
    let all = count(&audit, |_| true);
    let rule = audit.run["findings"][0]["rule"].clone();
    let fit = count(&audit, |finding| finding["rule"] == rule);
    assert!(fit > 0 && fit < all, "{fit} of {all}");

    browser.click("#q");
    browser.write(rule.as_str().unwrap());
    browser.wait_for(SHOWN, &json!(fit));
    assert_eq!(
        browser.evaluate("document.querySelector('#found').textContent"),
        format!("{fit} of {all}")
    );
    assert_eq!(
        browser.evaluate("document.querySelectorAll('details.rule:not([hidden])').length"),
        1
    );

    browser.write(" nothing-is-called-this");
    browser.wait_for(SHOWN, &json!(0));
    browser.evaluate("document.querySelector('#q').select()");
    browser.write(".");
    browser.wait_for(SHOWN, &json!(all));

    let high = count(&audit, |finding| finding["severity"] == "high");
    assert!(high > 0 && high < all, "{high} of {all}");
    browser.click("input[name=sev][value=high]");
    browser.wait_for(SHOWN, &json!(all - high));
    browser.click("input[name=sev][value=high]");
    browser.wait_for(SHOWN, &json!(all));
}

#[test]
fn a_click_on_its_head_sorts_the_checklist_both_ways() {
    let Some((_, mut browser)) = open("a_click_on_its_head_sorts_the_checklist_both_ways") else {
        return;
    };
    let column = "[...document.querySelectorAll('#checklist tbody tr')].map((row) => row.cells[1].textContent.trim())";
    let mut ids: Vec<String> = serde_json::from_value(browser.evaluate(column)).unwrap();
    ids.sort();
    browser.click("#checklist thead th:nth-child(2) button");
    browser.wait_for(column, &json!(ids));
    ids.reverse();
    browser.click("#checklist thead th:nth-child(2) button");
    browser.wait_for(column, &json!(ids));
}

#[test]
fn the_page_follows_the_readers_colours_and_fits_a_telephone() {
    let Some((_, mut browser)) = open("the_page_follows_the_readers_colours_and_fits_a_telephone")
    else {
        return;
    };
    let mut schemes = Vec::new();
    for scheme in ["light", "dark"] {
        browser.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        let colours = browser.evaluate("(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.body))");
        schemes.push((luminance(&colours[0]), luminance(&colours[1])));
    }
    let (light, dark) = (schemes[0], schemes[1]);
    assert!(light.0 > 0.8 && light.1 < 0.2, "dark on light: {light:?}");
    assert!(dark.0 < 0.2 && dark.1 > 0.6, "light on dark: {dark:?}");

    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true }),
    );
    browser.evaluate(
        "document.querySelectorAll('details').forEach((details) => { details.open = true })",
    );
    let width = browser
        .evaluate("document.documentElement.scrollWidth")
        .as_u64()
        .unwrap();
    assert!(width <= 360, "the page is {width} wide on a screen of 360");
}

#[test]
fn the_reports_of_the_recipes_and_the_rules_fit_every_window() {
    let test = "the_reports_of_the_recipes_and_the_rules_fit_every_window";
    let Some((audit, mut browser)) = open(test) else {
        return;
    };
    let run = |recipe: &str, more: &[&str]| {
        let out = format!("../{recipe}");
        let fixed = [
            "recipe",
            "run",
            recipe,
            "--repo",
            "../parcel.git",
            "--out",
            &out,
        ];
        audit.world.run(&[&fixed[..], more].concat()).expect(1);
    };
    run("opportunities", &[]);
    run("improvements", &["--baseline", "../audit"]);
    let rules = [
        "rule",
        "list",
        "--format",
        "html",
        "--output",
        "../rules.html",
    ];
    audit.world.run(&rules).expect(0);
    let root = audit.out.parent().unwrap();
    for page in [
        "audit/report.html",
        "opportunities/opportunities.html",
        "improvements/improvements.html",
        "rules.html",
    ] {
        browser.visit(&format!("file://{}", root.join(page).display()));
        for width in [360, 720, 1280] {
            browser.call(
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": width, "height": 740, "deviceScaleFactor": 1, "mobile": true }),
            );
            browser.evaluate(
                "document.querySelectorAll('details').forEach((details) => { details.open = true })",
            );
            let wide = browser.evaluate("document.documentElement.scrollWidth");
            let wide = wide.as_u64().unwrap();
            assert!(
                wide <= width,
                "{page} is {wide} wide on a screen of {width}"
            );
        }
    }
    // The page of the rules is the last that was opened: what people call a thing finds it.
    for (asked, rule) in [
        ("n+1", "DB-PERF-001"),
        ("cold start", "PERF-001"),
        ("timeouts", "NET-PERF-004"),
    ] {
        browser.evaluate(&format!(
            "(() => {{ const q = document.querySelector('#q'); q.value = {asked:?}; q.dispatchEvent(new Event('input')); }})()"
        ));
        let is_shown = format!("!document.getElementById({rule:?}).hidden");
        assert_eq!(browser.evaluate(&is_shown), true, "{asked}");
        let all =
            browser.evaluate("document.querySelectorAll('article.rule:not([hidden])').length");
        assert!(all.as_u64().unwrap() < 60, "{asked} finds {all}");
    }
}

#[test]
fn no_column_of_the_checklist_is_cut_off_on_a_narrow_screen() {
    let Some((audit, mut browser)) =
        open("no_column_of_the_checklist_is_cut_off_on_a_narrow_screen")
    else {
        return;
    };
    for width in [320, 500, 740, 800] {
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": 740, "deviceScaleFactor": 1, "mobile": true }),
        );
        let right = browser.evaluate("Math.max(...[...document.querySelectorAll('#checklist tbody tr > *')].map((cell) => cell.getBoundingClientRect().right))");
        assert!(
            right.as_f64().unwrap() <= f64::from(width),
            "a cell ends at {right} on a screen of {width}"
        );
        let shown = browser.evaluate("[...document.querySelectorAll('#checklist tbody tr')].filter((row) => row.checkVisibility() && row.lastElementChild.textContent.trim()).length");
        let items = audit.run["items"].as_array().unwrap().iter();
        // The last cell says how many places there are, suspicions and silenced ones among them.
        let counts = ["findings", "silenced", "suspicions"];
        let has_places = |item: &&Value| counts.iter().any(|count| item[count] != 0);
        assert_eq!(shown, items.filter(has_places).count(), "{width}");
    }
}

#[test]
fn no_table_is_cut_off_on_a_narrow_screen() {
    let Some((_, mut browser)) = open("no_table_is_cut_off_on_a_narrow_screen") else {
        return;
    };
    for width in [360, 500, 740, 800] {
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": 740, "deviceScaleFactor": 1, "mobile": true }),
        );
        let cut = browser.evaluate("[...document.querySelectorAll('main > section table')].filter((table) => { const box = table.parentElement; return box.scrollWidth > box.clientWidth }).map((table) => table.closest('section').id)");
        assert_eq!(cut, json!([]), "on a screen of {width}");
    }
}

/// Relative brightness of `rgb(r, g, b)`, 0 to 1, without the correction of WCAG: it only tells light from dark.
fn luminance(colour: &Value) -> f64 {
    let text = colour.as_str().unwrap();
    let parts: Vec<f64> = text
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_end_matches(')')
        .split(',')
        .map(|part| part.trim().parse().unwrap())
        .collect();
    (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]) / 255.0
}
