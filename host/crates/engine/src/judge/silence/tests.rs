//! What is silenced, and what is said of suppressions.

use super::*;
use crate::fakes;
use perfctl_core::place::{ByteSpan, LineColumn};

const TODAY: Day = (2026, 11, 21);

fn place(path: &str, first: u32, last: u32) -> Place {
    Place {
        path: path.into(),
        span: ByteSpan::new(0, 1),
        start: LineColumn {
            line: first,
            column: 1,
        },
        end: LineColumn {
            line: last,
            column: 20,
        },
    }
}

fn allow(line: u32, rules: &[&str]) -> Allow {
    Allow {
        place: place("a.py", line, line),
        excerpt: Excerpt {
            first_line: line,
            offset: 0,
            text: format!("# comment at {line}"),
        },
        line,
        last_line: line,
        around: None,
        rules: rules.iter().map(|rule| RuleId::new(*rule)).collect(),
        reason: "measured".to_owned(),
        until: None,
        ids: Vec::new(),
        whole: None,
        malformed: None,
    }
}

fn waiver(rule: &str, path: Option<&str>) -> Waiver {
    Waiver {
        rule: RuleId::new(rule),
        path: path.map(str::to_owned),
        below: None,
        reason: "legacy".to_owned(),
        owner: "@team".to_owned(),
        until: None,
        astray: None,
        place: place(".perfctl.toml", 3, 6),
        excerpt: Excerpt::default(),
    }
}

struct Case {
    allows: Vec<Allow>,
    waivers: Vec<Waiver>,
    baseline: Baseline,
    examined: bool,
    /// Rules that looked, where NET-1 did.
    looked: Vec<RuleId>,
    idle: BTreeMap<RuleId, String>,
    limited_to: Vec<String>,
}

impl Case {
    fn new(allows: Vec<Allow>, waivers: Vec<Waiver>) -> Self {
        Self {
            allows,
            waivers,
            baseline: Baseline::default(),
            examined: true,
            looked: vec![RuleId::new("NET-1")],
            idle: BTreeMap::new(),
            limited_to: Vec::new(),
        }
    }

    /// All findings, with those about suppressions.
    fn all(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        super::super::fingerprint::assign(&mut findings);
        let mut rule = fakes::rule("NET-1");
        rule.aliases = vec![RuleId::new("OLD-1")];
        let known = ["NET-1", "OLD-1", "NET-2"].map(RuleId::new).into();
        let examined = if self.examined {
            self.looked.iter().cloned().collect()
        } else {
            BTreeSet::new()
        };
        silence(
            findings,
            &Ground {
                allows: &self.allows,
                waivers: &self.waivers,
                baseline: &self.baseline,
                today: TODAY,
                known: &known,
                rules: &[rule],
                examined: &examined,
                idle: &self.idle,
                limited_to: &self.limited_to,
            },
        )
    }

    /// The findings, and the messages about suppressions.
    fn run(&self, findings: Vec<Finding>) -> (Vec<Finding>, Vec<String>) {
        let all = self.all(findings);
        let (own, findings): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|finding| finding.rule.as_str() == SUPPRESS);
        (
            findings,
            own.into_iter().map(|finding| finding.message).collect(),
        )
    }
}

fn silenced(finding: &Finding) -> Option<&str> {
    finding.silenced.as_ref().map(|why| match why {
        Silenced::Comment(why) | Silenced::Waiver(why) => why.as_str(),
        Silenced::Baseline => "baseline",
    })
}

#[test]
fn a_comment_allows_at_the_first_and_the_last_line_and_nowhere_between() {
    let mut long = fakes::finding("NET-1", "a.py", 10);
    long.place.end = LineColumn {
        line: 14,
        column: 3,
    };
    for (line, expected) in [(9, false), (10, true), (12, false), (14, true), (15, false)] {
        let (findings, _) =
            Case::new(vec![allow(line, &["NET-1"])], Vec::new()).run(vec![long.clone()]);
        assert_eq!(silenced(&findings[0]).is_some(), expected, "line {line}");
    }
    // A span that ends with the line end: its last line is the one above.
    long.place.end = LineColumn {
        line: 15,
        column: 1,
    };
    let (findings, _) = Case::new(vec![allow(14, &["NET-1"])], Vec::new()).run(vec![long]);
    assert_eq!(silenced(&findings[0]), Some("measured"));
}

#[test]
fn a_comment_speaks_of_its_rules_by_id_or_alias_and_of_its_file_only() {
    let case = |rule: &str| Case::new(vec![allow(3, &[rule])], Vec::new());
    let at_three = || vec![fakes::finding("NET-1", "a.py", 3)];
    assert_eq!(
        silenced(&case("NET-1").run(at_three()).0[0]),
        Some("measured")
    );
    assert_eq!(
        silenced(&case("OLD-1").run(at_three()).0[0]),
        Some("measured")
    );
    assert_eq!(silenced(&case("NET-2").run(at_three()).0[0]), None);
    let elsewhere = vec![fakes::finding("NET-1", "b.py", 3)];
    // An alias elsewhere takes nothing from the rule that has the id.
    assert_eq!(
        resolve(
            &RuleId::new("NET-2"),
            &[
                Rule {
                    aliases: vec![RuleId::new("NET-2")],
                    ..fakes::rule("AAA-1")
                },
                fakes::rule("NET-2")
            ]
        ),
        &RuleId::new("NET-2")
    );
    let (findings, own) = case("NET-1").run(elsewhere);
    assert_eq!(silenced(&findings[0]), None);
    assert_eq!(
        own,
        ["this comment is not needed: NET-1 finds nothing here"]
    );
}

#[test]
fn a_comment_in_the_middle_of_a_statement_is_told_where_to_stand() {
    let mut inside = allow(12, &["NET-1"]);
    inside.around = Some((10, 14));
    let found = fakes::finding("NET-1", "a.py", 11);
    let (findings, own) = Case::new(vec![inside.clone()], Vec::new()).run(vec![found]);
    assert_eq!(silenced(&findings[0]), None);
    assert_eq!(own.len(), 1);
    assert!(own[0].contains("on line 10 or 14"), "{own:?}");
    let elsewhere = fakes::finding("NET-1", "a.py", 30);
    let (_, own) = Case::new(vec![inside], Vec::new()).run(vec![elsewhere]);
    assert!(own[0].contains("finds nothing here"), "{own:?}");
}

#[test]
fn a_suppression_that_does_no_good_allows_nothing_and_is_said() {
    let change = |change: fn(&mut Allow)| {
        let mut comment = allow(3, &["NET-1"]);
        change(&mut comment);
        Case::new(vec![comment], Vec::new()).run(vec![fakes::finding("NET-1", "a.py", 3)])
    };
    type Spoil = fn(&mut Allow);
    let cases: [(Spoil, &str); 4] = [
        (|allow| allow.reason = " ".to_owned(), "gives no reason"),
        (
            |allow| allow.until = Some((2026, 11, 20)),
            "held until 2026-11-20",
        ),
        (
            |allow| allow.malformed = Some("no `--`".to_owned()),
            "allows nothing: no `--`",
        ),
        (
            |allow| allow.rules = vec![RuleId::new("NET-3")],
            "no rule is called NET-3; did you mean",
        ),
    ];
    for (spoil, expected) in cases {
        let (findings, own) = change(spoil);
        assert_eq!(silenced(&findings[0]), None, "{expected}");
        assert!(own.len() == 1 && own[0].contains(expected), "{own:?}");
    }
    let (findings, own) = change(|allow| allow.until = Some((2026, 11, 21)));
    assert_eq!((silenced(&findings[0]), own.len()), (Some("measured"), 0));
}

#[test]
fn unused_is_said_only_when_the_rule_would_have_been_heard() {
    let mut case = Case::new(vec![allow(3, &["NET-1"])], vec![waiver("NET-1", None)]);
    assert_eq!(case.run(Vec::new()).1.len(), 2);
    case.limited_to = vec!["b.py".to_owned()];
    assert_eq!(case.run(Vec::new()).1.len(), 0);
    case.limited_to = vec!["a.py".to_owned()];
    assert_eq!(
        case.run(Vec::new()).1,
        ["this comment is not needed: NET-1 finds nothing here"]
    );
    case.limited_to = vec!["./a.py".to_owned()];
    assert_eq!(case.run(Vec::new()).1.len(), 1);
    case.limited_to = vec![".".to_owned()];
    assert_eq!(case.run(Vec::new()).1.len(), 1);
    case.limited_to.clear();
    case.examined = false;
    assert_eq!(case.run(Vec::new()).1.len(), 0);
}

#[test]
fn a_waiver_holds_for_a_glob_or_a_directory() {
    for (path, expected) in [
        (None, true),
        (Some("app/*.py"), true),
        (Some("*.py"), false),
        (Some("**/*.py"), true),
        (Some("app"), true),
        (Some("./app/"), true),
        (Some("/app/**"), true),
        (Some("."), true),
        (Some("./"), true),
        (Some("ap"), false),
        (Some("app/x.py"), true),
        (Some("lib/**"), false),
    ] {
        let case = Case::new(Vec::new(), vec![waiver("NET-1", path)]);
        let (findings, own) = case.run(vec![fakes::finding("NET-1", "app/x.py", 3)]);
        let reason = expected.then_some("legacy (@team)");
        assert_eq!(silenced(&findings[0]), reason, "{path:?}");
        assert_eq!(own.is_empty(), expected, "{path:?}: {own:?}");
    }
    for (path, expected) in [
        ("services/shop/app/*.py", true),
        ("services/{shop,mail}/app", true),
        ("services", true),
        ("**/x.py", true),
        ("app/*.py", false),
        ("services/mail/**", false),
    ] {
        let mut around = waiver("NET-1", Some(path));
        around.below = Some("services/shop".to_owned());
        let case = Case::new(Vec::new(), vec![around]);
        let (findings, own) = case.run(vec![fakes::finding("NET-1", "app/x.py", 3)]);
        assert_eq!(silenced(&findings[0]).is_some(), expected, "{path}");
        // It may be needed in another part of the repository.
        assert!(own.is_empty(), "{path}: {own:?}");
    }
    let broken = Case::new(Vec::new(), vec![waiver("NET-1", Some("a[b"))]);
    let (findings, own) = broken.run(vec![fakes::finding("NET-1", "a[b", 3)]);
    assert_eq!(silenced(&findings[0]), None);
    assert!(own[0].contains("no glob"), "{own:?}");
    let outside = Case::new(Vec::new(), vec![waiver("NET-1", Some("../x*"))]);
    let (_, own) = outside.run(Vec::new());
    assert_eq!(
        own,
        ["this waiver waives nothing: its path leads out of its directory by `..`"]
    );
}

#[test]
fn an_expired_or_reasonless_waiver_waives_nothing() {
    let mut expired = waiver("NET-1", None);
    expired.until = Some((2025, 1, 31));
    let mut reasonless = waiver("NET-1", None);
    reasonless.reason.clear();
    let case = Case::new(Vec::new(), vec![expired, reasonless]);
    let (findings, own) = case.run(vec![fakes::finding("NET-1", "a.py", 3)]);
    assert_eq!(silenced(&findings[0]), None);
    assert!(
        own[0].contains("2025-01-31") && own[1].contains("no reason"),
        "{own:?}"
    );
}

#[test]
fn the_baseline_covers_as_many_as_it_counted_and_what_others_allow_is_left_to_them() {
    let mut known = vec![fakes::finding("NET-1", "a.py", 3)];
    super::super::fingerprint::assign(&mut known);
    let twice = vec![known[0].clone(), known[0].clone(), known[0].clone()];
    let mut case = Case::new(Vec::new(), Vec::new());
    case.baseline = Baseline::new([(known[0].fingerprint.clone(), 2)]);
    let (findings, _) = case.run(twice);
    let covered = findings
        .iter()
        .filter(|finding| silenced(finding) == Some("baseline"))
        .count();
    assert_eq!(covered, 2);
    case.allows = vec![allow(3, &["NET-1"])];
    let (findings, _) = case.run(known);
    assert_eq!(silenced(&findings[0]), Some("measured"));
}

#[test]
fn a_run_covers_what_only_moved_and_not_what_had_its_own_reason() {
    let mut known = vec![
        fakes::finding("NET-1", "a.py", 3),
        fakes::finding("NET-2", "a.py", 5),
    ];
    super::super::fingerprint::assign(&mut known);
    known[1].silenced = Some(Silenced::Comment("measured".to_owned()));
    let moves = Moves::new([("a.py".to_owned(), "app/b.py".to_owned())]);
    let mut case = Case::new(Vec::new(), Vec::new());
    case.baseline = Baseline::Run(known, moves);
    let mut now = vec![
        fakes::finding("NET-1", "app/b.py", 7),
        fakes::finding("NET-2", "app/b.py", 9),
        fakes::finding("NET-1", "a.py", 3),
    ];
    super::super::fingerprint::assign(&mut now);
    let (findings, _) = case.run(now);
    let said: Vec<_> = findings.iter().map(silenced).collect();
    assert_eq!(said, [Some("baseline"), None, None]);
}

#[test]
fn findings_about_different_comments_have_different_names() {
    let case = Case::new(vec![allow(3, &["NO-1"]), allow(9, &["NO-2"])], Vec::new());
    let findings = |allows: &[Allow]| {
        let case = Case::new(allows.to_vec(), Vec::new());
        let known = BTreeSet::new();
        silence(
            Vec::new(),
            &Ground {
                allows: &case.allows,
                waivers: &[],
                baseline: &case.baseline,
                today: TODAY,
                known: &known,
                rules: &[],
                examined: &known,
                idle: &BTreeMap::new(),
                limited_to: &[],
            },
        )
    };
    let both = findings(&case.allows);
    let second = findings(&case.allows[1..]);
    assert_ne!(both[0].fingerprint, both[1].fingerprint);
    assert_eq!(both[1].fingerprint, second[0].fingerprint);
}

#[test]
fn a_waiver_that_can_meet_nothing_says_what_it_lacks() {
    let lost = |near: Option<&str>| {
        let mut lost = waiver("NET-1", Some("shp/**"));
        lost.astray = Some(Astray {
            near: near.map(str::to_owned),
        });
        Case::new(Vec::new(), vec![lost]).run(Vec::new()).1
    };
    assert_eq!(
        lost(Some("shop/**")),
        ["this waiver waives nothing: no file fits its path `shp/**`; did you mean `shop/**`?"]
    );
    assert_eq!(
        lost(None),
        ["this waiver is not needed: no file fits its path `shp/**`"]
    );
    let mut case = Case::new(Vec::new(), vec![waiver("OLD-1", Some("shop"))]);
    case.examined = false;
    assert_eq!(case.run(Vec::new()).1.len(), 0);
    case.idle = [(RuleId::new("NET-1"), "no network".to_owned())].into();
    assert_eq!(
        case.run(Vec::new()).1,
        ["this waiver is not needed: OLD-1 does not apply here: no network"]
    );
    case.limited_to = vec!["b.py".to_owned()];
    assert_eq!(case.run(Vec::new()).1.len(), 0);
}

#[test]
fn a_waiver_whose_files_somebody_missed_waives_what_is_found_in_them() {
    let mut moved = waiver("NET-1", Some("legacy/**"));
    moved.astray = Some(Astray { near: None });
    let case = Case::new(Vec::new(), vec![moved]);
    let (findings, own) = case.run(vec![fakes::finding("NET-1", "legacy/a.py", 3)]);
    assert_eq!(silenced(&findings[0]), Some("legacy (@team)"));
    assert_eq!(own, [""; 0]);
}

#[test]
fn a_run_covers_what_is_left_only_where_something_open_was_mended() {
    let mut graver = fakes::finding("NET-2", "a.py", 3);
    graver.severity = Severity::Critical;
    let left = fakes::finding("NET-1", "a.py", 3);
    assert!(left.severity < graver.severity);
    let run = |silenced: Option<Silenced>, rule: &str| {
        let mut known = vec![Finding {
            silenced,
            rule: RuleId::new(rule),
            ..graver.clone()
        }];
        super::super::fingerprint::assign(&mut known);
        let mut case = Case::new(Vec::new(), Vec::new());
        case.baseline = Baseline::Run(known, Moves::default());
        case.looked = vec![RuleId::new("NET-1"), RuleId::new("NET-2")];
        case.run(vec![left.clone()]).0[0].silenced.clone()
    };
    assert_eq!(run(None, "NET-2"), Some(Silenced::Baseline));
    assert_eq!(
        run(Some(Silenced::Baseline), "NET-2"),
        Some(Silenced::Baseline)
    );
    // Somebody allowed it: nothing was mended.
    for allowed in [Silenced::Comment, Silenced::Waiver] {
        assert_eq!(run(Some(allowed("measured".to_owned())), "NET-2"), None);
    }
    // Its rule did not look this time.
    assert_eq!(run(None, "NET-3"), None);
}

#[test]
fn a_comment_that_is_over_goes_unasked_only_where_nothing_is_found_any_more() {
    let over = || {
        let mut over = allow(3, &["NET-1"]);
        over.until = Some((2026, 11, 20));
        over.whole = Some(ByteSpan::new(0, 1));
        over
    };
    let safety = |case: &Case, findings: Vec<Finding>| {
        let own = case.all(findings).into_iter();
        let mut own = own.filter(|finding| finding.rule.as_str() == SUPPRESS);
        own.next().and_then(|own| own.fix).map(|fix| fix.safety)
    };
    let case = Case::new(vec![over()], Vec::new());
    assert_eq!(safety(&case, Vec::new()), Some(Safety::Safe));
    // In the midst of a statement it never counted, and what it is about is there still.
    let mut within = over();
    (within.line, within.last_line, within.around) = (20, 20, Some((2, 6)));
    let case = Case::new(vec![within], Vec::new());
    let found = fakes::finding("NET-1", "a.py", 2);
    assert_eq!(safety(&case, vec![found]), Some(Safety::Unsafe));
    // A rule that has nothing to look at in all of the repository is not needed; in a part of it, it may be.
    let mut case = Case::new(vec![over()], Vec::new());
    case.examined = false;
    assert_eq!(safety(&case, Vec::new()), Some(Safety::Unsafe));
    case.idle = [(RuleId::new("NET-1"), "no network".to_owned())].into();
    assert_eq!(safety(&case, Vec::new()), Some(Safety::Safe));
    case.limited_to = vec!["a.py".to_owned()];
    assert_eq!(safety(&case, Vec::new()), Some(Safety::Unsafe));
}
