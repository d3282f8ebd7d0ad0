//! A repository of so many candidates, scanned, and the one rule that judges them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_runtime::pack::{LoadedRule, PackFiles, Packs, Program};
use perfctl_runtime::runner::{self, Cost, Outcome, RunOutput};
use perfctl_scan::scanner::{Ruleset, Survey, survey};
use perfctl_scan::walk::Scope;
use perfctl_wasm::cache::Cache;
use perfctl_wasm::compiler::InProcess;
use perfctl_wasm::component::{Component, Rights};
use perfctl_wasm::engine::Engine;

use crate::watched::{Seen, Watched};

/// The rule of every scene but those over rows: each call of `f` is a candidate.
const CALLS: &str = "[[match]]\nname = \"call\"\nkind = \"call\"\ncalled = [\"f\"]\n";

/// The rule of the guest that is built with the SDK: each call of `f` with what its three arguments are.
pub(crate) const ROWS: &str = include_str!("guest/BENCH-ROWS-1/rule.toml");

/// The head of a rule.
const RULE: &str = r#"
schema = "perfctl.rule/1"
id = "BENCH-1"
title = "t"
category = "test"
severity = "low"
languages = ["python"]
effort = "S"
limits = { time_ms = 5000, run_ms = 600000 }
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "f" }
"#;

/// The head of the pack.
const PACK: &str = include_str!("guest/pack.toml");

/// A scanned repository with its rule.
pub(crate) struct Scene {
    packs: Packs,
    survey: Survey,
    _repository: tempfile::TempDir,
}

/// What judges.
pub(crate) enum Judge {
    /// A script.
    Lua(&'static str),
    /// A component.
    Component(Arc<Watched>),
}

impl Scene {
    /// `files` files with `each` candidates, one in a line, for a rule over calls.
    pub(crate) fn of_calls(judge: Judge, files: usize, each: usize) -> Result<Self, String> {
        Self::new("BENCH-1", &format!("{RULE}{CALLS}"), judge, files, each)
    }

    /// A file with `each` candidates of three captures, for the rule of the SDK's guest.
    pub(crate) fn of_rows(judge: Judge, each: usize) -> Result<Self, String> {
        Self::new("BENCH-ROWS-1", ROWS, judge, 1, each)
    }

    fn new(id: &str, rule: &str, judge: Judge, files: usize, each: usize) -> Result<Self, String> {
        let plain = |error: std::io::Error| error.to_string();
        let repository = tempfile::tempdir().map_err(plain)?;
        let mut text = String::from("def job(a, b, c):\n");
        for at in 0..each {
            let _ = writeln!(text, "    f(a.x{at}, b + {at}, \"c{at}\")");
        }
        for at in 0..files {
            let path = repository.path().join(format!("m{at}.py"));
            std::fs::write(path, &text).map_err(plain)?;
        }
        // A repository without candidates is one all the same.
        std::fs::write(repository.path().join("none.py"), "g(1)\n").map_err(plain)?;
        let mut texts = BTreeMap::from([
            ("pack.toml".to_owned(), PACK.to_owned()),
            (format!("{id}/rule.toml"), rule.to_owned()),
        ]);
        let program = match judge {
            Judge::Lua(script) => {
                texts.insert(format!("{id}/rule.lua"), script.to_owned());
                Program::Scripts
            }
            Judge::Component(component) => Program::Component(component),
        };
        let packs = Packs::load(&[PackFiles {
            folder: "bench".to_owned(),
            layer: Layer::User("/user".into()),
            shown: "bench".to_owned(),
            files: texts,
            program,
            is_sealed: true,
        }]);
        if packs.rules.len() != 1 || !packs.problems.is_empty() {
            return Err(format!("{:?} {:?}", packs.broken, packs.problems));
        }
        let ruleset = Ruleset {
            rules: packs
                .rules
                .values()
                .map(|rule| rule.matchers.clone())
                .collect(),
            facts: Arc::default(),
            max_file_size: 64 << 20,
        };
        let scope = Scope {
            threads: 1,
            ..Scope::default()
        };
        let survey = survey(repository.path(), &ruleset, &scope, &Never);
        Ok(Self {
            packs,
            survey,
            _repository: repository,
        })
    }

    /// Has the rule judge all candidates, and says what that cost: as `--timings` does, without the survey.
    pub(crate) fn judge(&self) -> Result<(Cost, RunOutput), String> {
        let rules: Vec<&LoadedRule> = self.packs.rules.values().collect();
        let out = runner::run(&self.survey, &rules, |_| true, &Never);
        let id = &rules[0].rule.id;
        match out.outcomes.get(id) {
            Some(Outcome::Examined) => {}
            other => return Err(format!("the rule ended as {other:?}")),
        }
        let cost = out.costs.get(id).copied().unwrap_or_default();
        Ok((cost, out))
    }
}

/// A component of these bytes, loaded as the program loads plugins.
pub(crate) fn component(
    engine: &Arc<Engine>,
    bytes: Vec<u8>,
    cache: Option<Arc<Cache>>,
) -> Arc<Component> {
    Arc::new(Component {
        shown: "bench.wasm".to_owned(),
        bytes: bytes.into(),
        files: Rights::Granted,
        engine: engine.clone(),
        compiler: Arc::new(InProcess),
        cache,
    })
}

/// The same, watched.
pub(crate) fn watched(engine: &Arc<Engine>, bytes: Vec<u8>) -> (Judge, Arc<Seen>) {
    let (inner, seen) = (component(engine, bytes, None), Arc::<Seen>::default());
    let watched = Watched {
        inner,
        seen: seen.clone(),
    };
    (Judge::Component(Arc::new(watched)), seen)
}

/// An engine as the program has it.
pub(crate) fn engine() -> Result<Arc<Engine>, String> {
    let engine = Engine::new().map_err(|error| format!("{error:#}"))?;
    Ok(Arc::new(engine))
}
