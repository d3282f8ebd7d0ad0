//! What a finding says: held where a case expects words.

use super::*;

/// A script whose calls with two arguments say something else, and whose findings all carry a note.
fn script() -> String {
    SCRIPT.replace(
        "message = \"no limit\"",
        "message = match.node:arg(2) and \"no limit, twice\" or \"no limit\", notes = { library = \"requests\" }",
    )
}

fn said(body: &str, entry: &str) -> Vec<(String, String)> {
    let text = format!("{IMPORT}{body}x = 1\n");
    let expect = format!("[[said]]\nfile = 'app.py'\n{entry}\n");
    let files = [("app.py", text.as_str()), ("expect.toml", expect.as_str())];
    let lines = run_in(&harness(&[("NET-1", &script())]), &files, Scope::Rule).lines;
    let lines = lines
        .into_iter()
        .filter(|line| line.outcome != Outcome::Reported);
    lines
        .map(|line| (line.outcome.word().to_owned(), line.message))
        .collect()
}

const ONE: &str = "requests.get(u)  # finding: NET-1\n";

#[test]
fn a_case_holds_the_words_of_message_and_notes() {
    let all = "text = 'get(u'\nmessage = ['no', 'limit']\nnotes = ['library: requests']\nlacks = ['twice']";
    let worded = (
        "worded".to_owned(),
        "no limit\nlibrary: requests".to_owned(),
    );
    assert_eq!(said(ONE, all), [worded]);
    for (entry, fault) in [
        ("message = ['no', 'end']", "its message does not say `end`"),
        (
            "message = ['requests']",
            "its message does not say `requests`",
        ),
        ("notes = ['limit']", "no note of it says `limit`"),
        ("lacks = ['limit']", "it says `limit`, which"),
        ("lacks = ['library']", "it says `library`, which"),
    ] {
        let lines = said(ONE, &format!("text = 'get(u'\n{entry}"));
        assert!(
            lines.len() == 1 && lines[0].0 == "wrong" && lines[0].1.starts_with(fault),
            "{entry}: {lines:?}"
        );
        assert!(lines[0].1.ends_with("no limit\nlibrary: requests"));
    }
}

#[test]
fn one_finding_of_a_line_has_to_say_it_all() {
    let two = "requests.get(requests.get(u).text, v)  # finding: NET-1, NET-1\n";
    let entry = |rest: &str| said(two, &format!("text = 'get(u'\n{rest}"))[0].0.clone();
    assert_eq!(entry("message = ['twice']"), "worded");
    assert_eq!(entry("message = ['no limit']\nlacks = ['twice']"), "worded");
    assert_eq!(entry("message = ['twice']\nlacks = ['limit']"), "wrong");
}

#[test]
fn words_are_expected_of_findings_only() {
    let lines = said(ONE, "text = 'x = 1'\nmessage = ['limit']");
    assert!(
        lines.len() == 1 && lines[0].0 == "missing" && lines[0].1.contains("finds nothing"),
        "{lines:?}"
    );
}
