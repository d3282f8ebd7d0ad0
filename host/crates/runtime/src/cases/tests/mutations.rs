//! Mutations: that an `ok` fires once what guards it is gone.

use super::*;

#[test]
fn an_ok_must_fire_once_its_guard_is_removed() {
    let case = |mutation: &str| {
        of(&format!(
            "requests.get(u, timeout=3)  # ok: has a limit; mutate: {mutation}\n"
        ))
    };
    assert_eq!(
        case("s/, timeout=3//"),
        ["validated app.py:2", "fired app.py:2"]
    );
    assert_eq!(
        case("s/timeout=3/timeout=4/"),
        ["validated app.py:2", "silent app.py:2"]
    );
    assert_eq!(
        case("s/nothing//"),
        ["validated app.py:2", "broken app.py:2"]
    );
    assert_eq!(
        case("s/, timeout=3//; mutate: s/(u/(v/"),
        ["validated app.py:2", "fired app.py:2", "silent app.py:2"]
    );
    assert_eq!(
        case("s/import requests/import requests\\n/ s/, timeout=3//"),
        ["validated app.py:2", "fired app.py:2"]
    );
    assert_eq!(
        case("other.py s/a/b/"),
        ["validated app.py:2", "broken app.py:2"]
    );
}

#[test]
fn a_mutation_that_does_not_do_its_work_says_what_happened_instead() {
    let why = |mutation: &str| {
        why(&format!(
            "requests.get(u, timeout=3)  # ok: has a limit; mutate: {mutation}\n"
        ))
    };
    assert!(
        why("s/u, timeout=3)/u/").contains("breaks the file: line"),
        "{}",
        why("s/u, timeout=3)/u/")
    );
    assert!(
        why("s/requests.get/x = 1; \\n\\nrequests.get/ s/, timeout=3//")
            .contains("it finds app.py:4")
    );
    assert!(
        why("s/import requests/import os/").contains("does not apply: nothing is requested here")
    );
}

#[test]
fn a_mutation_may_touch_another_file_and_the_case_stays_as_it_is() {
    let dir = folder(&[
        (
            "app.py",
            "from net import limits\nimport requests\nrequests.get(u, **limits)  # ok: limits; mutate: net.py s/x/y/ s/, **limits//\n",
        ),
        (
            "net.py",
            "limits = {'timeout': 3}  # x\n# ok: x; mutate: s/x/y/\nz = 1\n",
        ),
    ]);
    let harness = harness(&[("NET-1", SCRIPT)]);
    let results = harness.run(
        &RuleId::from("NET-1"),
        &find(dir.path()).expect("readable"),
        Scope::Rule,
        &Never,
    );
    assert_eq!(
        shown(&results[0])[..2],
        ["validated app.py:3", "fired app.py:3"]
    );
    let kept = fs::read_to_string(dir.path().join("cases/one/net.py")).expect("it is there");
    assert!(kept.starts_with("limits = {'timeout': 3}  # x"));
}
