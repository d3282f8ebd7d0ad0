//! Python, whose interpreter takes most of a minute to be compiled: what other languages build a pack each for is in one. The guide's rule as the guide
//! has it, the rule that `perfctl plugin new` writes as it is written, and one that makes a mistake.

use super::guide;
use crate::support::World;
use crate::support::compilers::{Language, copy};

/// What makes one pack of all three, behind the guide's code.
const TOGETHER: &str = r#"

import started


class Mistaken(Rule):
    id = "ACME-002"

    def check(self, file, matches, report, repo):
        for match in matches.of("compile"):
            {}[match.node.name]


Rules = pack(PastTheClient, started.CompiledInLoop, Mistaken)
"#;

#[test]
fn the_guide_the_scaffold_and_a_mistake_hold_in_python() {
    if !Language::Python.is_here("the_guide_the_scaffold_and_a_mistake_hold_in_python") {
        return;
    }
    let world = World::new();
    let file = |path: &str| std::fs::read_to_string(world.work().join(path)).unwrap();
    let folder = |path: &str| world.work().join(path);
    world
        .run(&["plugin", "new", "acme", "--lang", "python"])
        .expect(0);
    std::fs::rename(folder("acme"), folder("scaffold")).unwrap();
    guide::written(&world, "python", "acme/rules.py");

    let code = file("acme/rules.py") + TOGETHER;
    world.file("acme/rules.py", &code);
    world.file("acme/started.py", &file("scaffold/rules.py"));
    copy(&folder("scaffold/ACME-001"), &folder("acme/ACME-001"));
    let head = file("scaffold/ACME-001/rule.toml");
    world.file(
        "acme/ACME-002/rule.toml",
        &head.replace("ACME-001", "ACME-002"),
    );
    let case = file("scaffold/ACME-001/cases/found/shop/codes.py");
    world.file(
        "acme/ACME-002/cases/found/codes.py",
        &case.replace("ACME-001", "ACME-002"),
    );
    // With what `plugin new` put there and nothing else.
    world.run(&["plugin", "build", "acme"]).expect(0);

    guide::hold(&world);
    world.run(&["plugin", "test", "acme/ACME-001"]).expect(0);
    // What its code throws comes out with its type and line.
    let broken = world.run(&["plugin", "test", "acme/ACME-002"]).expect(1);
    let lines = code.lines().take_while(|line| !line.contains("{}["));
    let line = lines.count() + 1;
    let said = broken.out();
    assert!(
        said.contains(&format!("rules.py:{line}: KeyError: 'compile'")),
        "{said}"
    );
}
