//! Scripts that mean harm, each run as a rule is: it must end as an error or a valid result, with the host alive, within twice
//! its time limit.

mod attacks;
mod dear;

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_scan::scanner::{Ruleset, Survey, survey};
use perfctl_scan::walk::Scope;

use crate::pack::{Judge, LoadedRule, PackFiles, Packs, Program};
use crate::runner::{self, Outcome, RunOutput};
use attacks::{ATTACKS, Attack, Ends};

/// The time limit of every attack.
const LIMIT: Duration = Duration::from_millis(250);

/// After this an attack counts as one that hangs the host.
const PATIENCE: Duration = Duration::from_secs(30);

const RULE: &str = r#"
schema = "perfctl.rule/1"
id = "EVIL-1"
title = "t"
category = "evil"
severity = "low"
languages = ["python"]
effort = "S"
limits = { time_ms = 250, memory_mib = 64 }
match = [{ name = "call", kind = "call", called = ["f"] }]
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;

/// A repository of one file, with characters of several bytes, and a rule that has a match in it.
struct World {
    dir: tempfile::TempDir,
    survey: Survey,
    rule: LoadedRule,
}

impl World {
    fn new() -> Self {
        Self::of(RULE, &[("app.py", "x = 'é😀'\nf(x)\n".to_owned())])
    }

    /// One with other files, and a rule with this head.
    fn of(rule: &str, written: &[(&str, String)]) -> Self {
        let pack = "schema = \"perfctl.pack/1\"\nid = \"evil\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
        let files = [
            ("pack.toml", pack),
            ("EVIL-1/rule.toml", rule),
            ("EVIL-1/rule.lua", "return {}"),
        ];
        let packs = Packs::load(&[PackFiles {
            folder: "evil".to_owned(),
            layer: Layer::Organisation("evil".into()),
            shown: "evil".to_owned(),
            files: files
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .into(),
            program: Program::default(),
            is_sealed: false,
        }]);
        assert!(
            packs.broken.is_empty() && packs.problems.is_empty(),
            "{:?} {:?}",
            packs.broken,
            packs.problems
        );
        let rule = packs.rules.into_values().next().expect("one rule");
        let dir = tempfile::tempdir().expect("a folder");
        for (path, text) in written {
            std::fs::write(dir.path().join(path), text).expect("a file");
        }
        let ruleset = Ruleset {
            rules: vec![rule.matchers.clone()],
            facts: Arc::new(packs.facts),
            max_file_size: 1 << 20,
        };
        let survey = survey(
            dir.path(),
            &ruleset,
            &Scope {
                threads: 1,
                ..Scope::default()
            },
            &Never,
        );
        Self { dir, survey, rule }
    }

    fn run(&self, script: &str) -> RunOutput {
        runner::run(&self.survey, &[&self.rule_of(script)], |_| true, &Never)
    }

    /// The rule with this script.
    fn rule_of(&self, script: &str) -> LoadedRule {
        LoadedRule {
            judge: match self.rule.judge.clone() {
                Judge::Script { modules, .. } => Judge::Script {
                    source: script.to_owned(),
                    modules,
                },
                plugin @ Judge::Plugin(..) => plugin,
            },
            ..self.rule.clone()
        }
    }
}

/// Runs an attack beside the test, which goes on when it hangs.
fn launch(world: &Arc<World>, attack: &Attack) -> RunOutput {
    let (done, result) = mpsc::channel();
    let (world, script) = (world.clone(), attack.script());
    std::thread::spawn(move || {
        // Nobody listens any more when the attack took too long.
        let _ = done.send(world.run(&script));
    });
    result.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        panic!(
            "attack {}, {}: it hangs or kills its thread",
            attack.number, attack.name
        )
    })
}

fn outcome(output: &RunOutput) -> &Outcome {
    &output.outcomes[&RuleId::from("EVIL-1")]
}

fn fits(attack: &Attack, output: &RunOutput) -> Result<(), String> {
    let ended = outcome(output);
    let message = match ended {
        Outcome::Error(message) => message.as_str(),
        _ => "",
    };
    let stopped =
        || message.contains("took longer than its limit") || message.contains("of memory");
    let is_so = match attack.ends {
        Ends::Late => message.contains("took longer than its limit of 250 ms"),
        Ends::Greedy => message.contains("took more than its limit of 64 MiB of memory"),
        Ends::Stopped => stopped(),
        Ends::Refused(why) => message.contains(why),
        Ends::Fine => *ended == Outcome::Examined,
        Ends::Any => !message.is_empty() || *ended == Outcome::Examined,
    };
    if !is_so {
        return Err(format!("ended as {ended:?}, not as {:?}", attack.ends));
    }
    if !message.is_empty() {
        if !message.starts_with("evil/EVIL-1/rule.lua") {
            return Err(format!("the script is not named: {message}"));
        }
        if message.len() > 2300 || message.chars().any(char::is_control) {
            return Err(format!("not fit for a terminal: {message:?}"));
        }
        if stopped() && !message.starts_with("evil/EVIL-1/rule.lua:") {
            return Err(format!("no line: {message}"));
        }
    }
    let bad = output
        .findings
        .iter()
        .find(|finding| finding.message.chars().any(char::is_control));
    bad.map_or(Ok(()), |finding| {
        Err(format!(
            "a finding is not fit for a terminal: {:?}",
            finding.message
        ))
    })
}

#[test]
fn every_attack_ends_as_an_error_or_a_valid_result_within_twice_its_limit() {
    let world = Arc::new(World::new());
    assert_eq!(world.rule.limits.time, LIMIT);
    let mut failures = Vec::new();
    for attack in ATTACKS {
        // Processor time; what a machine's other work adds to it is no fault of the host's: the best of three counts.
        let mut tries = Vec::new();
        while tries.len() < 3 {
            let output = launch(&world, attack);
            let took = output.costs[&RuleId::from("EVIL-1")].time;
            match fits(attack, &output) {
                Ok(()) if took <= 2 * LIMIT => break,
                Ok(()) => tries.push(format!("took {took:?}")),
                Err(why) => tries.push(why),
            }
        }
        if tries.len() == 3 {
            failures.push(format!(
                "{} {}: {}",
                attack.number,
                attack.name,
                tries.join("; ")
            ));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    let after = world.run("return { check = function(file, matches, report) report({ at = file, message = string.rep('x', 3) }) end }");
    assert_eq!(
        (outcome(&after), after.findings[0].message.as_str()),
        (&Outcome::Examined, "xxx")
    );
}

#[test]
fn the_suite_is_complete() {
    let numbers: std::collections::BTreeSet<u32> =
        ATTACKS.iter().map(|attack| attack.number).collect();
    assert_eq!(numbers, (1..=66).collect());
}

/// Bytes of this process in memory.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").expect("a number");
    let pages = text.split_whitespace().nth(1).expect("a number");
    pages.parse::<usize>().expect("a number") * 4096
}

#[test]
fn what_the_attacks_take_is_given_back() {
    // Memory and threads are a process's own: the attacks are made in one without other tests.
    const ALONE: &str = "PERFCTL_TEST_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let program = std::env::current_exe().expect("a program");
        let name = "lua::hostile::what_the_attacks_take_is_given_back";
        let ran = std::process::Command::new(program)
            .args(["--exact", name, "--nocapture", "--test-threads=1"])
            .env(ALONE, "1")
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(
            ran.status.success() && said.contains("1 passed"),
            "{said}{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        return;
    }
    let world = World::new();
    let threads = || std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    let greedy = || {
        let greedy = ATTACKS
            .iter()
            .filter(|attack| matches!(attack.ends, Ends::Greedy | Ends::Stopped));
        for attack in greedy {
            world.run(&attack.script());
        }
    };
    greedy();
    let threads_before = threads();
    // What is lost grows in every round; what the allocator keeps for the next one grows once, in a round that chance decides.
    let grown: Vec<usize> = (0..3)
        .map(|_| {
            let before = resident();
            greedy();
            resident().saturating_sub(before)
        })
        .collect();
    let large = grown.iter().filter(|bytes| **bytes >= 32 << 20).count();
    assert!(large <= 1, "{grown:?}");
    // A thread whose work has been waited for may still be on its way out.
    let until = std::time::Instant::now() + Duration::from_secs(10);
    while threads() > threads_before && std::time::Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(
        threads() <= threads_before,
        "{threads_before} {}",
        threads()
    );
}

#[test]
fn the_rule_beside_an_attack_finds_what_it_finds() {
    let world = World::new();
    let good = "return { check = function(file, matches, report) report({ at = file, message = 'found' }) end }";
    let good = LoadedRule {
        rule: perfctl_core::rule::Rule {
            id: RuleId::from("GOOD-1"),
            ..world.rule.rule.clone()
        },
        ..world.rule_of(good)
    };
    let wanted = [
        "endless while",
        "growing table",
        "poison string",
        "poison the globals",
        "deep recursion",
    ];
    for attack in ATTACKS
        .iter()
        .filter(|attack| wanted.contains(&attack.name))
    {
        // Both are rules of one pack, and share an interpreter until one of them fails.
        let evil = world.rule_of(&attack.script());
        for rules in [[&evil, &good], [&good, &evil]] {
            let ids = rules.map(|rule| rule.matchers.clone());
            let ruleset = Ruleset {
                rules: ids.into(),
                facts: Arc::default(),
                max_file_size: 1 << 20,
            };
            let scope = Scope {
                threads: 1,
                ..Scope::default()
            };
            let survey = survey(world.dir.path(), &ruleset, &scope, &Never);
            let out = runner::run(&survey, &rules, |_| true, &Never);
            assert_eq!(
                out.outcomes[&RuleId::from("GOOD-1")],
                Outcome::Examined,
                "{}",
                attack.name
            );
            let found = out
                .findings
                .iter()
                .filter(|one| one.rule.as_str() == "GOOD-1");
            assert_eq!(found.count(), 1, "{}", attack.name);
        }
    }
}
