//! Matchers that could match nothing are faults, not silence.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;

use crate::pack::{PackFiles, Packs, Program};

const HEAD: &str = r#"
schema = "perfctl.rule/1"
id = "T-1"
title = "title"
category = "network"
severity = "high"
languages = ["python"]
effort = "S"
help = { what = "w", why = "w", source = "s", fix = "f", false_alarms = "a" }
[[match]]
"#;

/// The faults of a rule with these keys in its matcher; empty when it is read.
fn faults(keys: &str) -> String {
    let pack = "schema = \"perfctl.pack/1\"\nid = \"t\"\ntitle = \"t\"\nversion = \"0.1.0\"\nedition = 1\n";
    let files = [
        ("pack.toml", pack.to_owned()),
        ("T-1/rule.toml", format!("{HEAD}{keys}\n")),
        ("T-1/rule.lua", "return {}".to_owned()),
    ];
    let packs = Packs::load(&[PackFiles {
        folder: "t".to_owned(),
        layer: Layer::BuiltIn,
        shown: "t".to_owned(),
        files: BTreeMap::from(files.map(|(path, text)| (path.to_owned(), text))),
        program: Program::default(),
        is_sealed: false,
    }]);
    packs
        .broken
        .get(&RuleId::from("T-1"))
        .map_or_else(String::new, |why| why.full.clone())
}

#[test]
fn a_call_that_nothing_names_is_a_fault() {
    let said = faults("kind = \"call\"\nin_loop = true");
    assert!(
        said.contains("no call would match") && said.contains("`target`"),
        "{said}"
    );
    assert_eq!(faults("kind = \"call\"\nhands = [\"http\"]"), "");
}

#[test]
fn a_kind_of_loop_that_does_not_exist_is_a_fault() {
    let said = faults("kind = \"loop\"\nloop = [\"per-itm\"]");
    assert!(said.contains("did you mean `per-item`?"), "{said}");
    assert_eq!(faults("kind = \"loop\"\nloop = [\"retry\"]"), "");
    assert_eq!(faults("kind = \"loop\""), "");
}

#[test]
fn a_path_that_fits_nothing_is_a_fault_of_matchers_and_conditions() {
    for keys in [
        "kind = \"call\"\ntarget = [\"django.caches.**.set\"]",
        "kind = \"import\"\nmodule = [\"*.orm.*\"]",
        "kind = \"function\"\ndecorator = [\"fastapi*\"]",
        "kind = \"class\"\nbase = [\"a.{b,c\"]",
        "kind = \"file\"\n[applies]\nimports = [\"**/prisma**\"]\nreason = \"no Prisma\"",
    ] {
        let said = faults(keys);
        assert!(said.contains("fits no path"), "{keys}: {said}");
        assert!(said.contains("rule.toml:"), "{said}");
    }
    let fits = "kind = \"file\"\n[applies]\nimports = [\"{redis,aioredis}.**\", \"*/prisma\"]\nreason = \"no Redis\"";
    assert_eq!(faults(fits), "");
}
