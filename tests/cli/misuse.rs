//! Wrong arguments and files end with exit code 2 and advice.

use crate::support::World;

#[test]
fn what_does_not_exist_is_named_with_what_does() {
    let world = World::new();
    for (args, said) in [
        (&["recipe", "run", "quick-win"][..], "quick-wins"),
        (&["chekc"][..], "check"),
        (&["check", "nowhere.py"][..], "nowhere.py"),
        (
            &["check", "--fail-on", "urgent"][..],
            "low, medium, high, critical",
        ),
        (
            &["recipe", "run", "quick-wins", "--set", "x"][..],
            "name=value",
        ),
        (&["compare", "a", "b"][..], "a"),
        (&["config", "explain", "rules.fail_no"][..], "fail_on"),
    ] {
        let ran = world.run(args).expect(2);
        assert!(ran.err().contains(said), "{args:?}: {}", ran.err());
    }
}

#[test]
fn values_that_cannot_be_are_refused_before_anything_runs() {
    let world = World::new();
    world.file("main.py", "import json\n");
    for (set, said) in [
        (&["python=/nope/python"][..], "/nope/python"),
        (&["image=./w.tar"], "docker save -o FILE TAG"),
        (
            &["entry=main.py"],
            "a dotted module name such as `shop.main`",
        ),
        (&["env=FOO"], "NAME=VALUE"),
        (&["platform=foo"], "linux/arm64"),
        (&["requirements=nope.txt"], "nope.txt"),
        (&["dockerfile=nope"], "nope"),
        (&["entry=a", "entry=b"], "twice"),
    ] {
        let mut args = vec!["recipe", "run", "quick-wins", "--out", "../audit"];
        args.extend(set.iter().flat_map(|set| ["--set", set]));
        let ran = world.run(&args).expect(2);
        assert!(ran.err().contains(said), "{set:?}: {}", ran.err());
    }
    let ran = world.run(&["recipe", "run", "quick-wins", "--allow", "rules"]);
    let ran = ran.expect(2);
    assert!(ran.err().contains("needs no permission"), "{}", ran.err());
    assert!(!world.work().join("../audit").exists());
}

#[test]
fn a_recipe_is_validated_by_its_name_and_shows_all_that_it_takes() {
    let world = World::new();
    let ran = world.run(&["recipe", "validate", "quick-wins"]).expect(0);
    assert!(ran.err().contains("in order"), "{}", ran.err());
    let ran = world.run(&["recipe", "validate", "quick-win"]).expect(2);
    assert!(ran.err().contains("quick-wins"), "{}", ran.err());
    let shown = world.run(&["recipe", "show", "quick-wins"]).expect(0).out();
    let bare = "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\n[[step]]\nkind = \"rules\"\n";
    world.file("bare.toml", bare);
    let further = world.run(&["recipe", "show", "bare.toml"]).expect(0).out();
    for name in ["dockerfile", "entry", "image", "python"] {
        assert!(shown.contains(&format!("\n  {name} ")), "{shown}");
        assert!(further.contains(name), "{further}");
    }
}

#[test]
fn a_recipe_with_faults_is_refused_with_all_of_them() {
    let world = World::new();
    world.file(
        "mine.toml",
        "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\nabout = \"y\"\n[[step]]\nkind = \"rules\"\ntitel = \"z\"\n[[step]]\nid = \"q\"\nkind = \"sql\"\ntitle = \"q\"\n",
    );
    let ran = world.run(&["recipe", "validate", "mine.toml"]).expect(2);
    for said in ["mine.toml:6", "titel", "title", "sql"] {
        assert!(ran.err().contains(said), "{said}: {}", ran.err());
    }
}

#[test]
fn a_program_on_the_path_is_a_command() {
    let world = World::new();
    world.file("perfctl-hello", "#!/bin/sh\necho \"hello $1\"\n");
    let file = world.work().join("perfctl-hello");
    let mode = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    std::fs::set_permissions(&file, mode).unwrap();
    let output = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .env("PATH", world.work())
        .args(["hello", "you"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "hello you\n");
}

#[test]
fn help_completions_and_man_pages_cover_every_command() {
    let world = World::new();
    let help = world.run(&["--help"]).expect(0).out();
    for command in [
        "recipe",
        "check",
        "rule",
        "compare",
        "report",
        "doctor",
        "init",
        "trust",
        "config",
        "completions",
        "man",
    ] {
        assert!(help.contains(command), "{command}: {help}");
    }
    for code in ["0 ", "1 ", "2 ", "3 ", "70 ", "130 "] {
        assert!(help.contains(code), "exit code {code}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            world
                .run(&["completions", shell])
                .expect(0)
                .out()
                .contains("changed-since"),
            "{shell}"
        );
    }
    world.run(&["man", "pages"]).expect(0);
    assert!(world.work().join("pages/perfctl-recipe-run.1").is_file());
}
