//! What an author is told who has not built, has marked a line that no matcher fits, or names the wrong thing.

use super::{Acme, own, service};
use crate::support::World;

fn said(ran: &crate::support::Ran) -> String {
    format!("{}{}", ran.out(), ran.err())
}

#[test]
fn a_pack_that_is_not_built_says_so_wherever_it_is_named() {
    let world = World::new();
    service(&world);
    let pack = "org/plugins/acme";
    world
        .run(&["plugin", "new", pack, "--lang", "rust"])
        .expect(0);
    let unbuilt =
        "org/plugins/acme is not built yet: `perfctl plugin build org/plugins/acme` makes";
    for (args, code) in [
        (&["plugin", "test", pack][..], 1),
        (&["plugin", "inspect", pack], 2),
        (
            &[
                "check",
                "service",
                "--config",
                "org",
                "--select",
                "pack:acme",
            ],
            3,
        ),
        (
            &[
                "check", "service", "--config", "org", "--select", "ACME-001",
            ],
            3,
        ),
    ] {
        let ran = world.run(args).expect(code);
        assert!(said(&ran).contains(unbuilt), "{args:?}: {}", said(&ran));
    }
}

#[test]
fn a_toolchain_that_is_named_and_not_there_is_no_reason_to_take_another() {
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "rust"])
        .expect(0);
    let ran = world
        .run_with("", &["plugin", "build", "acme"], |command| {
            command.env("PERFCTL_RUST_WASM", "/nowhere");
        })
        .expect(2);
    assert!(
        ran.err()
            .contains("`PERFCTL_RUST_WASM` names /nowhere, which holds no toolchain"),
        "{}",
        ran.err()
    );
}

#[test]
fn folders_are_inspected_and_files_have_no_cases() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    let inspected = world.run(&["plugin", "inspect", "acme"]).expect(0);
    assert!(
        inspected
            .out()
            .starts_with("acme 1.0.0  What acme agreed on"),
        "{}",
        inspected.out()
    );
    world.run(&["plugin", "build", "acme"]).expect(0);
    let file = "acme/acme.pack.json";
    let tested = world.run(&["plugin", "test", file]).expect(2);
    assert!(
        tested
            .err()
            .contains("acme.pack.json is a plugin in one file, which holds no cases"),
        "{}",
        tested.err()
    );
    world.file("empty/README.md", "nothing\n");
    let empty = world.run(&["plugin", "inspect", "empty"]).expect(2);
    assert!(
        empty.err().contains("empty is no folder of a pack"),
        "{}",
        empty.err()
    );
}

#[test]
fn without_a_lock_plugins_are_listed_and_verified_alike() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    std::fs::create_dir_all(own(&world, "plugins")).unwrap();
    let file = own(&world, "plugins/house.pack.json");
    let output = file.display().to_string();
    world
        .run(&["plugin", "build", "acme", "--output", &output])
        .expect(0);
    let listed = world.run(&["plugin", "list"]).expect(0);
    assert!(
        listed.out().starts_with("acme  1.0.0  no lock"),
        "{}",
        listed.out()
    );
    for ids in [&[][..], &["acme"]] {
        let verified = world.run(&[&["plugin", "verify"], ids].concat()).expect(0);
        assert!(verified.out().contains("acme 1.0.0"), "{}", verified.out());
        assert!(
            verified
                .err()
                .contains("no lock says which bytes it has to have"),
            "{}",
            verified.err()
        );
    }
    world.run(&["plugin", "verify", "other"]).expect(2);
    // Two of one name: a run reads one of them.
    let twin = own(&world, "plugins/twin.pack.json");
    std::fs::copy(&file, &twin).unwrap();
    let contested = world.run(&["plugin", "verify"]).expect(3);
    assert!(
        contested.out().contains("are called `acme`")
            || contested.out().contains("are called acme"),
        "{}",
        contested.out()
    );
    std::fs::remove_file(&twin).unwrap();
    std::fs::write(&file, "{}").unwrap();
    let broken = world.run(&["plugin", "verify"]).expect(3);
    assert!(broken.out().contains("WRONG"), "{}", broken.out());
    // Where settings ask for a lock, one without does not run.
    world
        .run(&["plugin", "build", "acme", "--output", &output])
        .expect(0);
    world.file(
        "../home/.config/perfctl/config.toml",
        "schema = \"perfctl.settings/1\"\n[plugins]\nrequire_lock = true\n",
    );
    let refused = world.run(&["plugin", "verify"]).expect(3);
    assert!(
        refused.out().contains("`[plugins] require_lock` asks"),
        "{}",
        refused.out()
    );
}

#[test]
fn a_plugin_that_a_lock_names_is_verified_beside_its_namesake_without_one() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world
        .run(&["plugin", "build", "acme", "--output", "acme.pack.json"])
        .expect(0);
    world
        .run(&["plugin", "add", "acme.pack.json", "--yes"])
        .expect(0);
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    std::fs::copy(
        world.work().join("acme.pack.json"),
        world.work().join("org/plugins/acme.pack.json"),
    )
    .unwrap();
    let both = ["plugin", "verify", "acme", "--config", "org"];
    let verified = world.run(&both).expect(0);
    assert_eq!(
        verified.out().matches("acme 1.0.0").count(),
        2,
        "{}",
        verified.out()
    );
    let locked = own(&world, "plugins/acme.pack.json");
    let text = std::fs::read_to_string(&locked).unwrap();
    std::fs::write(&locked, text + " ").unwrap();
    let changed = world.run(&both).expect(3);
    assert!(changed.out().contains("its sha256 is"), "{}", changed.out());
}

#[test]
fn a_path_with_a_tag_is_told_to_be_a_repository() {
    let world = World::new();
    let ran = world
        .run(&["plugin", "add", "rules#v1:packs/acme", "--yes"])
        .expect(2);
    let written = "`git+file://[WORLD]/work/rules#v1:packs/acme`";
    assert!(ran.err().contains(written), "{}", ran.err());
}

#[test]
fn a_marked_line_that_no_matcher_fits_is_told_with_what_it_calls() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    world.file(
        "acme/ACME-001/cases/other/app.py",
        "import json\n\n\ndef f(text):\n    return json.load(text)  # finding: ACME-001\n",
    );
    let tested = world.run(&["plugin", "test", "acme"]).expect(1);
    let out = tested.out();
    assert!(out.contains("no matcher fits this line"), "{out}");
    assert!(out.contains("`json.load` calls `json.load`"), "{out}");
}

#[test]
fn what_no_case_says_and_nothing_to_time_are_told() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    let head = world.work().join("acme/ACME-001/rule.toml");
    let text = std::fs::read_to_string(&head).unwrap();
    let messages = "\n[messages]\nslow = \"{call} is slow\"\nslower = \"{call} is slower still\"\n";
    std::fs::write(&head, text + messages).unwrap();
    let script = "return { check = function(file, matches, report)\n  for _, match in matches do\n    report({ at = match.node, message_id = \"slow\", args = { call = match.node.name } })\n  end\nend }\n";
    world.file("acme/ACME-001/rule.lua", script);
    world.file(
        "acme/ACME-001/cases/one/app.py",
        "import json\n\njson.loads(text)  # finding: ACME-001\n",
    );
    let tested = world.run(&["plugin", "test", "acme"]).expect(0);
    let out = tested.out();
    assert!(
        out.contains("[messages] holds what no case is found with: `slower`:"),
        "{out}"
    );
    world.file("bare/app.py", "x = 1\n");
    let timed = world
        .run(&["plugin", "bench", "acme", "--repo", "bare", "--runs", "1"])
        .expect(0);
    assert!(
        timed.out().contains("there is nothing to time"),
        "{}",
        timed.out()
    );
}

#[test]
fn a_script_that_cannot_be_loaded_is_refused_before_anybody_relies_on_it() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    let packed = "org/plugins/acme.pack.json";
    std::fs::create_dir_all(world.work().join("org/plugins")).unwrap();
    world
        .run(&["plugin", "build", "acme", "--output", packed])
        .expect(0);
    let good = std::fs::read_to_string(world.work().join(packed)).unwrap();
    world.file(packed, &good.replace("return {\\n", "return (\\n"));
    let script = "acme/ACME-001/rule.lua";
    world.file(script, "return {\n  check = function(\n}\n");
    for (args, code, place) in [
        (&["plugin", "build", "acme"][..], 2, "rule.lua:3: "),
        (&["plugin", "add", "acme", "--yes"], 2, "rule.lua:3: "),
        (&["plugin", "verify", "--dir", "org"], 3, "rule.lua:2: "),
    ] {
        let ran = world.run(args).expect(code);
        let place = format!("ACME-001/{place}");
        assert!(said(&ran).contains(&place), "{args:?}: {}", said(&ran));
    }
    assert!(!own(&world, "perfctl.lock").exists());
    // What can be loaded and is never called judges nothing, either.
    world.file(script, "return { chek = function() end }\n");
    let ran = world.run(&["plugin", "build", "acme"]).expect(2);
    assert!(
        said(&ran).contains("did you mean `check`?"),
        "{}",
        said(&ran)
    );
}

#[test]
fn what_is_wrong_with_the_texts_of_a_pack_is_told_before_any_compiler() {
    let world = World::new();
    world
        .run(&["plugin", "new", "acme", "--lang", "rust"])
        .expect(0);
    let head = world.work().join("acme/ACME-001/rule.toml");
    let text = std::fs::read_to_string(&head).unwrap();
    std::fs::write(&head, text.replace("severity = ", "severity = 5 # ")).unwrap();
    let ran = world
        .run_with("", &["plugin", "build", "acme"], |command| {
            command.env("PERFCTL_RUST_WASM", "/nowhere");
        })
        .expect(2);
    assert!(
        ran.err().contains("ACME-001/rule.toml") && !ran.err().contains("/nowhere"),
        "{}",
        ran.err()
    );

    Acme::default().write(&world, "scripts");
    std::fs::remove_file(world.work().join("scripts/ACME-001/rule.lua")).unwrap();
    let ran = world.run(&["plugin", "build", "scripts"]).expect(2);
    assert!(
        ran.err().contains("scripts/ACME-001/rule.lua is missing"),
        "{}",
        ran.err()
    );
    std::fs::remove_dir_all(world.work().join("scripts/ACME-001")).unwrap();
    let ran = world.run(&["plugin", "build", "scripts"]).expect(2);
    assert!(ran.err().contains("holds no rule"), "{}", ran.err());
}

#[test]
fn slips_in_marks_shared_scripts_and_heads_do_not_pass_for_proofs() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    let case = "acme/ACME-001/cases/one/app.py";
    let marked = "import json\n\n\ndef f(text):\n    return json.loads(text)  # finding: ACME-001\n\n\ndef g(text):\n    return json.dumps(text)  # ";
    let test = |code: i32| said(&world.run(&["plugin", "test", "acme"]).expect(code));
    for (mark, says) in [
        ("ok: writes", "1 rule, 1 case: all as marked"),
        ("OK: writes", "`OK:` is no mark, so nothing is proven here"),
        (
            "ok: writes; mutat: s/dumps/loads/",
            "`mutate:` is missing or has a slip: write `mutate: s/dumps/loads/`",
        ),
        (
            "noqa  # finding : ACME-001",
            "`finding : ACME-001` is no mark, so nothing is expected here",
        ),
        (
            "ok: writes  # finding: ACME-001",
            "stands in the reason of another mark and proves nothing",
        ),
    ] {
        world.file(case, &format!("{marked}{mark}\n"));
        let said = test(i32::from(mark != "ok: writes"));
        assert!(said.contains(says), "{mark}: {said}");
    }
    world.file(case, &format!("{marked}ok: writes\n"));
    // No rule uses it yet, so that no case would find out.
    world.file(
        "acme/lib/rows.lua",
        "local M = {}\nfunction M.one(\nreturn M\n",
    );
    let told = test(1);
    assert!(told.contains("acme/lib/rows.lua:"), "{told}");
    assert!(
        told.contains("all as marked, 1 problem of the packs"),
        "{told}"
    );
    let built = world.run(&["plugin", "build", "acme"]).expect(2).err();
    assert!(built.contains("acme/lib/rows.lua:"), "{built}");
    assert!(built.contains("mend that, and build it again"), "{built}");
    std::fs::remove_dir_all(world.work().join("acme/lib")).unwrap();
    // A rule that lost its head is none, and that is no pass.
    std::fs::rename(
        world.work().join("acme/ACME-001/rule.toml"),
        world.work().join("acme/ACME-001/rules.toml"),
    )
    .unwrap();
    let told = test(1);
    assert!(told.contains("its head `rule.toml` is missing"), "{told}");
}

#[test]
fn what_a_build_would_refuse_is_told_where_it_is_tested() {
    let world = World::new();
    for (args, says) in [
        (
            &["plugin", "new", "perf", "--lang", "lua"][..],
            "`perf` is the name of a pack that perfctl brings along",
        ),
        (
            &["plugin", "new", "api", "--lang", "lua"],
            "choose another id: `--rule ORG-API-001`",
        ),
    ] {
        let refused = world.run(args).expect(2).err();
        assert!(refused.contains(says), "{refused}");
    }
    Acme {
        rules: &["API-001"],
        ..Acme::default()
    }
    .write(&world, "acme");
    world.file(
        "acme/API-001/cases/one/app.py",
        "import json\n\njson.loads('1')  # finding: API-001\n",
    );
    let tested = world.run(&["plugin", "test", "acme"]).expect(0);
    assert!(
        tested.err().contains(
            "note: acme: it works as a folder, and `perfctl plugin build` would refuse to make one file of it"
        ),
        "{}",
        tested.err()
    );
    world.run(&["plugin", "build", "acme"]).expect(2);
}

#[test]
fn packs_in_folders_are_listed_verified_and_share_no_rule() {
    let world = World::new();
    for id in ["one", "two"] {
        Acme {
            id,
            ..Acme::default()
        }
        .write(&world, &format!("org/plugins/{id}"));
    }
    let listed = world.run(&["plugin", "list", "--dir", "org"]).expect(0);
    assert!(
        listed.out().contains("one  1.0.0  folder  org/plugins/one"),
        "{}",
        listed.out()
    );
    let verified = world.run(&["plugin", "verify", "--dir", "org"]).expect(3);
    let told = verified.out();
    assert!(told.contains("ok     one 1.0.0"), "{told}");
    assert!(
        told.contains("WRONG  two 1.0.0")
            && told.contains("ACME-001 is a rule of the pack `one` beside it as well"),
        "{told}"
    );
    std::fs::remove_dir_all(world.work().join("org/plugins/one")).unwrap();
    world
        .run(&["plugin", "verify", "two", "--dir", "org"])
        .expect(0);
    world.file("org/plugins/two/ACME-001/rule.lua", "return {\n");
    let told = said(&world.run(&["plugin", "verify", "--dir", "org"]).expect(3));
    assert!(
        told.contains("org/plugins/two/ACME-001/rule.lua:"),
        "{told}"
    );
}

#[test]
fn a_first_lock_says_what_it_puts_out_of_action() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    Acme {
        id: "other",
        rules: &["OTHER-001"],
        ..Acme::default()
    }
    .write(&world, "other");
    world.file("org/plugins/.keep", "");
    let file = "org/plugins/other.pack.json";
    world
        .run(&["plugin", "build", "other", "--output", file])
        .expect(0);
    let args = ["plugin", "add", "acme", "--dir", "org", "--dry-run"];
    let told = world.run(&args).expect(0).err();
    assert!(
        told.contains("this is the first entry of org/perfctl.lock") && told.contains(file),
        "{told}"
    );
    // What it says to do works, and there is nothing more to say then.
    world
        .run(&["plugin", "add", file, "--dir", "org", "--yes"])
        .expect(0);
    let added = world
        .run(&["plugin", "add", "acme", "--dir", "org", "--yes"])
        .expect(0);
    assert!(!added.err().contains("first entry"), "{}", added.err());
    let again = world.run(&["plugin", "verify", "--dir", "org"]).expect(0);
    assert!(
        again.out().contains("ok     other 1.0.0"),
        "{}",
        again.out()
    );
}
