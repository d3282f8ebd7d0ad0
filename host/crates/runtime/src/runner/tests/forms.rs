//! Findings that are reported in another form than the one that is read.

use super::*;

#[test]
fn who_reports_in_another_form_is_shown_the_form() {
    for call in [
        "report(file, 'x')",
        "report('x')",
        "report()",
        "report({}, 1)",
    ] {
        let script = format!("return {{ check = function(file, matches, report)\n {call}\nend }}");
        let output = run_all(&[("BAD-FORM", &script)], 1);
        assert_eq!(
            output.outcomes[&RuleId::from("BAD-FORM")],
            Outcome::Error(
                "org/BAD-FORM/rule.lua:2: `report` takes one table: `report({ at = match.node, message = \"what is wrong\" })` (while it judged m0.py)"
                    .to_owned()
            ),
            "{call}"
        );
    }
}

#[test]
fn what_is_reported_in_another_form_than_it_is_read_in_is_an_error() {
    for (key, value) in [
        ("related", "file"),
        ("notes", "'slow'"),
        ("fix", "'faster'"),
    ] {
        let script = format!(
            "return {{ check = function(file, matches, report)\n report({{ at = file, message = 'x', {key} = {value} }})\nend }}"
        );
        let output = run_all(&[("BAD-FORM", &script)], 1);
        let Outcome::Error(message) = &output.outcomes[&RuleId::from("BAD-FORM")] else {
            panic!("{key}: {output:?}")
        };
        let start = format!("org/BAD-FORM/rule.lua:2: `{key}` must be a");
        assert!(message.starts_with(&start), "{message}");
    }
}
