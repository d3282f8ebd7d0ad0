//! Wrong arguments and files end with exit code 2 and advice.

use crate::support::{Ran, World};

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

/// Runs perfctl where `bin` holds a program `perfctl-hello` that says what it was given.
fn hello(world: &World, path: &str, args: &[&str]) -> Ran {
    world.file(
        "bin/perfctl-hello",
        "#!/bin/sh\necho \"hello $*\" \"[$0]\"\n",
    );
    let file = world.work().join("bin/perfctl-hello");
    let mode = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    std::fs::set_permissions(&file, mode).unwrap();
    world.run_with("", args, |command| {
        command.env(
            "PATH",
            path.replace("ABSOLUTE", &world.work().display().to_string()),
        );
    })
}

#[test]
fn a_program_on_the_path_is_a_command() {
    let world = World::new();
    let ran = hello(
        &world,
        "relative:ABSOLUTE/bin",
        &["hello", "you", "--quiet"],
    )
    .expect(0);
    assert!(
        ran.out().starts_with("hello you --quiet ["),
        "{}",
        ran.out()
    );
    let ran = hello(&world, "ABSOLUTE/bin", &["help", "hello"]).expect(0);
    assert!(ran.out().starts_with("hello --help ["), "{}", ran.out());
    let help = world.run(&["--help"]).expect(0).out();
    assert!(help.contains("runs the program perfctl-NAME of PATH"));
}

#[test]
fn no_program_runs_from_the_directory_at_hand() {
    let world = World::new();
    std::fs::create_dir_all(world.work().join("bin")).unwrap();
    for path in ["bin:/usr/bin", "./bin", "/usr/bin:bin"] {
        let ran = hello(&world, path, &["hello"]).expect(2);
        assert!(
            ran.err().contains("no program perfctl-hello"),
            "{}",
            ran.err()
        );
    }
    for path in [":/usr/bin", "/usr/bin:", "/usr/bin::/bin", ".", ""] {
        for args in [["hello"].as_slice(), &["help", "hello"]] {
            hello(&world, path, &["hello"]);
            std::fs::copy(
                world.work().join("bin/perfctl-hello"),
                world.work().join("perfctl-hello"),
            )
            .unwrap();
            let ran = hello(&world, path, args).expect(2);
            assert_eq!(ran.out(), "", "{path}");
        }
    }
    // A name is no way to another place.
    let ran = hello(&world, "ABSOLUTE/bin", &["x/../../bin/perfctl-hello"]).expect(2);
    assert!(ran.err().contains("there is no command"), "{}", ran.err());
}

#[test]
fn an_option_before_the_name_of_a_program_is_not_lost_without_a_word() {
    let world = World::new();
    for before in [&["-q"][..], &["--config", "org"]] {
        let ran = hello(&world, "ABSOLUTE/bin", &[before, &["hello", "x"]].concat()).expect(2);
        let said = format!("`{}` stands before `hello`", before[0]);
        assert!(ran.err().contains(&said), "{}", ran.err());
    }
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
