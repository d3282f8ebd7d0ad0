//! Every key read, merged, explained, and refused where its layer may not set it.

use std::collections::BTreeMap;

use perfctl_core::scale::{Confidence, Severity};

use super::*;

pub(crate) const FULL: &str = include_str!("../../tests/files/settings.toml");

fn layer(level: Level, body: &str) -> Layer {
    let path = match level {
        Level::User => "~/.config/perfctl/config.toml",
        Level::Organisation => "platform/config.toml",
        _ => ".perfctl.toml",
    };
    let text = format!("schema = \"perfctl.settings/1\"\n{body}");
    read(path, &text, level).unwrap_or_else(|faults| panic!("{faults}"))
}

fn values(list: &[Sourced<String>]) -> Vec<&str> {
    list.iter().map(|item| item.value.as_str()).collect()
}

#[test]
fn the_built_in_layer_is_faultless_and_sets_the_gate() {
    let text = include_str!("built-in.toml");
    assert!(read("built-in.toml", text, Level::BuiltIn).is_ok());
    let settings = merge(&[built_in()], false);
    assert_eq!(
        (settings.fail_on, settings.confidence),
        (Some(Severity::High), Some(Confidence::Medium))
    );
    assert_eq!(settings.sandbox, Some(SandboxMode::Prefer));
    assert!(settings.ignored.is_empty());
}

#[test]
fn every_key_is_read_with_its_line() {
    let layer = read("config.toml", FULL, Level::User).unwrap_or_else(|faults| panic!("{faults}"));
    insta::assert_snapshot!(format!("{layer:#?}"));
}

#[test]
fn a_waiver_knows_its_lines() {
    let layer = read("config.toml", FULL, Level::User).unwrap_or_else(|faults| panic!("{faults}"));
    let waiver = &layer.waivers[0].value;
    assert!(waiver.excerpt.text.starts_with("[[waive]]\nrule"));
    assert!(waiver.excerpt.text.ends_with("until = 2027-01-31"));
    assert_eq!(waiver.place.start.line, waiver.excerpt.first_line);
}

#[test]
fn every_key_of_the_catalogue_is_in_the_full_file_and_explained() {
    let layer = read("config.toml", FULL, Level::User).unwrap_or_else(|faults| panic!("{faults}"));
    let settings = merge(&[built_in(), layer], false);
    for key in KEYS {
        let explained = settings
            .explain(key.name.trim_end_matches(".*"))
            .expect(key.name);
        assert!(
            !explained.is_empty() && explained.iter().all(|about| !about.entries.is_empty()),
            "{}",
            key.name
        );
    }
    assert!(KEYS.is_sorted_by_key(|key| key.name));
}

#[test]
fn a_token_is_shown_nowhere() {
    let layer = read("config.toml", FULL, Level::User).unwrap_or_else(|faults| panic!("{faults}"));
    let settings = merge(&[layer], false);
    let explained = settings.explain("tokens").expect("a key");
    let shown: Vec<String> = explained.iter().map(ToString::to_string).collect();
    assert!(!format!("{settings:?}{shown:?}").contains("not-a-real-token"));
    let Token::Literal(secret) = &settings.tokens["registry.example.org"].value else {
        panic!("a literal")
    };
    assert_eq!(secret.reveal(), "not-a-real-token");
    for wrong in [
        "[tokens]\nh = 12345\n",
        "[tokens]\nh = [\"s3cret\"]\n",
        "[tokens]\nh = \"s3cret\nx",
        "[tokens.h]\nenvv = \"s3cret\"\n",
    ] {
        let text = format!("schema = \"perfctl.settings/1\"\n{wrong}");
        let shown = read("config.toml", &text, Level::User)
            .expect_err(wrong)
            .to_string();
        assert!(
            !shown.contains("s3cret") && !shown.contains("12345"),
            "{shown}"
        );
    }
}

#[test]
fn every_fault_of_a_settings_file_is_named() {
    let text = r#"
schema = "perfctl.settings/1"
exclud = ["a"]
entry_points = "app.main"

[rules]
select = ["DB_PERF_001", "tags:x"]
fail_on = "hihg"

[[rules.off]]
id = "REDIS-001"

[[waive]]
rule = "NET-PERF-001"
until = "2027-02-30"

[budgets]
import.total = "1 sec"
"Image" = 3

[scan]
max_file_size = "5"
jobs = 0

[output]
format = "Acme Page"

[sandbox]
mode = false

[[trust.repository]]
repository = "r"
sha256 = "abc"
"#;
    insta::assert_snapshot!(read(".perfctl.toml", text, Level::Repository).expect_err("faulty"));
}

#[test]
fn later_layers_win_and_lists_replace_unless_they_extend() {
    let user = layer(
        Level::User,
        "exclude = ['a']\n[rules]\nselect = ['pack:perf']\nfail_on = 'low'\n",
    );
    let organisation = layer(
        Level::Organisation,
        "extend = true\nexclude = ['b']\n[rules]\nselect = ['tag:orm']\nfail_on = 'critical'\n",
    );
    let mut flags = Layer::empty(Level::CommandLine);
    flags.ignore = Some(List::flag("--ignore", ["DB-PERF-001".to_owned()]));
    // The order in which layers are handed over does not matter.
    let settings = merge(&[flags, organisation, built_in(), user], false);
    assert_eq!(values(&settings.exclude), ["a", "b"]);
    assert_eq!(values(&settings.select), ["tag:orm"]);
    assert_eq!(values(&settings.ignore), ["DB-PERF-001"]);
    assert_eq!(settings.fail_on, Some(Severity::Critical));
    assert!(
        settings
            .notes("perfctl trust", "the repository is not trusted")
            .is_empty()
    );
}

/// What a stranger's repository might write to make its audit pass, or worse.
const GREEDY: &str = r#"
exclude = ["tests/**"]
entry_points = ["app.main"]
[rules]
select = ["DB-PERF-001"]
fail_on = "critical"
confidence = "low"
[[rules.off]]
id = "REDIS-001"
reason = "no Redis here"
[budgets]
import.total = "9 s"
image.size = "100 MB"
[scan]
jobs = 1
[sandbox]
mode = "off"
[grants]
network = ["image"]
[tokens]
"h" = "t"
"#;

#[test]
fn an_untrusted_repository_only_tightens_and_is_told_what_would_allow_the_rest() {
    let user = layer(
        Level::User,
        "exclude = ['vendor/**']\n[budgets]\nimport.total = '2 s'\nimage.size = '500 MB'\n",
    );
    let settings = merge(&[built_in(), user, layer(Level::Repository, GREEDY)], false);
    assert_eq!(
        values(&settings.exclude),
        ["vendor/**", "tests/**"],
        "adds, never replaces"
    );
    assert_eq!(values(&settings.entry_points), ["app.main"]);
    assert!(settings.select.is_empty());
    assert_eq!(
        settings.fail_on,
        Some(Severity::High),
        "a looser gate is ignored"
    );
    assert_eq!(
        settings.confidence,
        Some(Confidence::Low),
        "a stricter one is not"
    );
    assert_eq!(settings.off.len(), 1);
    let budgets: BTreeMap<&str, f64> = settings
        .budgets
        .iter()
        .map(|(name, limit)| (name.as_str(), limit.value.value))
        .collect();
    assert_eq!(
        budgets,
        [("image.size", 100e6), ("import.total", 2.0)].into()
    );
    assert_eq!(
        (settings.jobs, settings.sandbox),
        (None, Some(SandboxMode::Prefer))
    );
    assert!(settings.grants_network.is_empty() && settings.tokens.is_empty());
    insta::assert_snapshot!(
        settings
            .notes("perfctl trust", "the repository is not trusted")
            .join("\n")
    );
}

#[test]
fn trust_lets_a_repository_set_all_but_rights() {
    let settings = merge(&[built_in(), layer(Level::Repository, GREEDY)], true);
    assert_eq!(settings.fail_on, Some(Severity::Critical));
    assert_eq!(values(&settings.select), ["DB-PERF-001"]);
    assert_eq!(settings.jobs, Some(1));
    let refused: Vec<&str> = settings
        .ignored
        .iter()
        .map(|ignored| ignored.key.as_str())
        .collect();
    assert_eq!(refused, ["sandbox.mode", "grants.network", "tokens.h"]);
}

#[test]
fn an_organisation_gives_no_rights_either() {
    let settings = merge(
        &[layer(
            Level::Organisation,
            "[grants]\nallow = ['prepare']\n[scan]\njobs = 2\n",
        )],
        false,
    );
    assert!(settings.grants_allow.is_empty());
    assert_eq!((settings.jobs, settings.ignored.len()), (Some(2), 1));
}

#[test]
fn a_key_is_explained_by_every_layer_that_speaks_of_it() {
    let user = layer(
        Level::User,
        "exclude = ['a']\n[rules]\nfail_on = 'medium'\n[budgets]\nimport.total = '2 s'\n",
    );
    let repository = layer(
        Level::Repository,
        "exclude = ['b']\n[rules]\nfail_on = 'critical'\n[budgets]\nimport.total = '1 s'\n",
    );
    let mut flags = Layer::empty(Level::CommandLine);
    flags.fail_on = Some(Sourced::flag("--fail-on", Severity::Low));
    let settings = merge(&[built_in(), user, repository, flags], false);
    let about = |key: &str| -> String {
        match settings.explain(key) {
            Ok(list) => list.iter().map(|about| format!("{about}\n")).collect(),
            Err(refusal) => format!("{refusal}\n"),
        }
    };
    let keys = [
        "rules.fail_on",
        "exclude",
        "budgets",
        "budgets.image.size",
        "scan",
        "rules.fail-on",
        "colour",
        "jobs",
        "xyz",
    ];
    insta::assert_snapshot!(keys.map(about).join("\n"));
}

#[test]
fn budgets_of_a_recipe_are_lowered_and_never_raised() {
    let recipe = crate::recipe::tests::read_text(crate::recipe::tests::FULL);
    let mut recipe = recipe.unwrap_or_else(|faults| panic!("{faults}"));
    let limits =
        "[budgets]\nimport.total = '1 s'\nimage.size = '900 MB'\ncache.hits = '2 s'\nother = 3\n";
    let settings = merge(&[layer(Level::User, limits)], false);
    let notes = lower(&mut recipe, &settings.budgets);
    assert_eq!(recipe.budgets[0].max, Some(1.0));
    assert!(
        recipe.budgets[0]
            .why
            .ends_with("(lowered to 1.00 s by ~/.config/perfctl/config.toml:3 (user))")
    );
    assert_eq!(recipe.budgets[1].max, Some(500e6));
    insta::assert_snapshot!(notes.join("\n"));
    assert_eq!(
        lower(&mut recipe, &settings.budgets).len(),
        2,
        "lowering twice changes nothing more"
    );
    assert_eq!(recipe.budgets[0].why.matches("lowered").count(), 1);
}

#[test]
fn a_limit_on_what_nothing_measures_is_said() {
    let text = "[budgets]\n'import.totl' = '1 s'\nimage.size = '1 MB'\nzzz = 3\n";
    let settings = merge(&[layer(Level::User, text)], false);
    let known = ["image.size", "import.total"].into_iter();
    assert_eq!(
        unknown_metrics(&settings.budgets, known),
        [
            "~/.config/perfctl/config.toml:3 (user) limits `import.totl`, but nothing measures a metric of that name; did you mean `import.total`?",
            "~/.config/perfctl/config.toml:5 (user) limits `zzz`, but nothing measures a metric of that name",
        ]
    );
}

#[test]
fn trust_is_given_to_a_repository_and_its_content() {
    let settings = merge(
        &[read("config.toml", FULL, Level::User).unwrap_or_else(|faults| panic!("{faults}"))],
        false,
    );
    let hash = "0123456789abcdef".repeat(4);
    assert!(settings.trusts("https://example.org/team/service", &hash));
    assert!(!settings.trusts("https://example.org/team/service", &hash.replace('0', "1")));
    assert!(!settings.trusts("https://example.org/team/other", &hash));
}

proptest::proptest! {
    #[test]
    fn settings_with_a_changed_piece_never_panic(at in 0usize..1300, cut in 0usize..60, put in "[\\[\\]{}=\"'a-z0-9.\n ]{0,12}") {
        let at = at.min(FULL.len());
        let end = (at + cut).min(FULL.len());
        let text = format!("{}{put}{}", &FULL[..at], &FULL[end..]);
        match read("x.toml", &text, Level::Repository) {
            Ok(layer) => drop(merge(&[built_in(), layer], false).notes("perfctl trust", "the repository is not trusted")),
            Err(faults) => proptest::prop_assert!(!faults.to_string().is_empty()),
        }
    }
}
