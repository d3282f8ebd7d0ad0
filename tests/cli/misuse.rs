//! Wrong arguments and files end with exit code 2 and advice.

use crate::support::{Ran, World};

#[test]
fn what_does_not_exist_is_named_with_what_does() {
    let world = World::new();
    for (args, said) in [
        (
            &["recipe", "run", "quick-win"][..],
            "did you mean `quick-wins`?",
        ),
        (
            &["recipe", "run", "quick-wins", "--out", "."][..],
            "is the audited repository itself",
        ),
        (&["chekc"][..], "check"),
        (&["explain", "DB-PERF-001"][..], "`perfctl rule explain`"),
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

#[test]
fn completions_offer_what_there_is_and_no_files_where_none_are_meant() {
    let world = World::new();
    world.file("quick-other.py", "");
    let bash = world.run(&["completions", "bash"]).expect(0).out();
    world.file("perfctl.bash", &bash);
    let offered = |line: &str| {
        // As bash does it: words so far, the one at the cursor last.
        let script = format!(
            "source ./perfctl.bash\nCOMP_WORDS=({line} '') COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             compopt() {{ echo \"compopt $*\"; }}\n\
             _perfctl perfctl '' \"${{COMP_WORDS[COMP_CWORD-1]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let output = world
            .command("bash")
            .args(["-c", &script])
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for (line, values) in [
        ("perfctl check --fail-on", &["critical"][..]),
        ("perfctl check --confidence", &["medium"]),
        ("perfctl check --format", &["sarif"]),
        ("perfctl check --color", &["never"]),
        ("perfctl compare --fail-on", &["critical"]),
        (
            "perfctl check --select",
            &["NET-PERF-004", "tag:", "category:network", "pack:perf"],
        ),
        ("perfctl recipe run", &["quick-wins"]),
        ("perfctl recipe show", &["quick-wins", "compopt +o default"]),
        (
            "perfctl config explain",
            &["rules.fail_on", "compopt +o default"],
        ),
        (
            "perfctl rule explain",
            &["NET-PERF-004", "compopt +o default"],
        ),
        ("perfctl schema", &["run", "compopt +o default"]),
    ] {
        let said = offered(line);
        for value in values {
            assert!(said.contains(value), "{line}: {value}: {said}");
        }
        assert!(!said.contains("quick-other.py"), "{line}: {said}");
    }
    for line in [
        "perfctl check --changed-since",
        "perfctl recipe run x --set",
        "perfctl check --jobs",
    ] {
        assert!(!offered(line).contains("quick-other.py"), "{line}");
    }
    for line in ["perfctl check --output", "perfctl --config"] {
        assert!(offered(line).contains("quick-other.py"), "{line}");
    }
    assert!(!offered("perfctl check").contains("compopt +o default"));
    for line in [
        "perfctl check --select category:net",
        "perfctl check --ignore=category:net",
    ] {
        // As bash cuts it: the colon is a word.
        let script = format!(
            "source ./perfctl.bash\nCOMP_LINE='{line}' COMP_POINT={} COMP_WORDS=(perfctl check --select category : net) COMP_CWORD=5\n\
             _perfctl_whole perfctl net :\necho \"${{COMPREPLY[*]}}\"; complete -p perfctl",
            line.len()
        );
        let output = world
            .command("bash")
            .args(["-c", &script])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.starts_with("network\n") && said.contains("-F _perfctl_whole"),
            "{said}"
        );
    }
    let fish = world.run(&["completions", "fish"]).expect(0).out();
    for (words, values) in [
        (
            "recipe; and __fish_seen_subcommand_from show",
            &[" -f -a ", "quick-wins", "pr-gate"][..],
        ),
        ("doctor", &[" -a ", "quick-wins"]),
        ("rule; and __fish_seen_subcommand_from new", &[" -f"]),
    ] {
        let line = format!("complete -c perfctl -n \"__fish_perfctl_using_subcommand {words}\"");
        let mut offered = fish
            .split("\ncomplete ")
            .map(|rest| format!("complete {rest}"));
        let holds = |said: &String| values.iter().all(|value| said.contains(value));
        let found = offered.any(|said| said.starts_with(&line) && holds(&said));
        assert!(found, "{line}: {fish}");
    }
    let zsh = world.run(&["completions", "zsh"]).expect(0).out();
    assert!(zsh.contains("pack\\:perf"), "{zsh}");
}

#[test]
fn pages_show_how_a_command_is_called_and_need_a_directory() {
    let world = World::new();
    world.run(&["man", "pages"]).expect(0);
    let page = std::fs::read_to_string(world.work().join("pages/perfctl-check.1")).unwrap();
    let synopsis = page.split(".SH SYNOPSIS\n").nth(1).unwrap();
    assert_eq!(
        synopsis.lines().next(),
        Some("\\fBperfctl check\\fR [OPTIONS] [PATH]...")
    );
    world.file("README.md", "");
    let ran = world.run(&["man", "README.md"]).expect(2);
    assert!(ran.err().contains("README.md is a file"), "{}", ran.err());
}

#[test]
fn a_recipe_of_a_file_is_looked_into_by_every_command() {
    let world = World::new();
    world.file("mine.toml", "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\nabout = \"y\"\n[[step]]\nkind = \"rules\"\n[[step]]\nid = \"q\"\nkind = \"command\"\ntitle = \"q\"\nargv = [\"no-such-tool\"]\ncollector = \"grep\"\nneeds = { tools = [{ program = \"no-such-tool\", install = \"write it\" }] }\n");
    let ran = world.run(&["doctor", "mine.toml"]).expect(0);
    assert!(
        ran.out().contains("Recipe mine\n") && ran.out().contains("missing: write it"),
        "{}",
        ran.out()
    );
    let ran = world.run(&["doctor", "quick-win"]).expect(2);
    assert!(ran.err().contains("quick-wins"), "{}", ran.err());
}

#[test]
fn an_item_that_a_recipe_measures_is_explained_and_no_slip_for_a_rule() {
    let world = World::new();
    world.file("org/recipes/sizes.toml", "schema = \"perfctl.recipe/1\"\ntitle = \"x\"\nabout = \"y\"\n[[step]]\nid = \"sizes\"\nkind = \"command\"\ntitle = \"Count the bytes\"\nargv = [\"du\", \"-b\", \".\"]\ncollector = \"du\"\noptions = { unit = \"bytes\" }\nitems = [\"ORG-SIZE-1\"]\nneeds = { tools = [{ program = \"du\", install = \"install coreutils\" }] }\n[[item]]\nid = \"ORG-SIZE-1\"\ntitle = \"repository larger than it needs to be\"\n[[budget]]\nmetric = \"disk.size\"\nmax = \"50 MB\"\nitem = \"ORG-SIZE-1\"\nwhy = \"z\"\n");
    let explain = ["--config", "org", "rule", "explain"];
    let ran = world.run(&[&explain[..], &["org-size-1"]].concat());
    let ran = ran.expect(0);
    for said in [
        "ORG-SIZE-1: repository larger than it needs to be",
        "no rule, but an item that recipe sizes measures",
        "disk.size <= 50",
        "sizes: Count the bytes",
        "perfctl recipe run sizes",
    ] {
        assert!(ran.out().contains(said), "{said}: {}", ran.out());
    }
    let ran = world.run(&[&explain[..], &["ORG-SIZE-1", "--format", "json"]].concat());
    let help: serde_json::Value = serde_json::from_str(&ran.expect(0).out()).unwrap();
    assert_eq!(help["schema"], "perfctl.item-help/1");
    assert_eq!(help["recipes"][0]["name"], "sizes");
    let ran = world
        .run(&["--config", "org", "check", "--select", "ORG-SIZE-1"])
        .expect(2);
    assert!(
        ran.err()
            .contains("ORG-SIZE-1 is an item that recipe sizes measures")
            && !ran.err().contains("did you mean"),
        "{}",
        ran.err()
    );
    world.run(&["rule", "explain", "PERF-444"]).expect(2);
}

#[test]
fn an_item_that_waits_for_evidence_is_explained() {
    let world = World::new();
    let ran = world.run(&["rule", "explain", "cache-003"]).expect(0);
    for said in [
        "CACHE-003: cache at the wrong layer",
        "no rule, but an item of a checklist: the metric cache.hits decides it",
        "measure the hit rate of each cache",
        "perfctl attest CACHE-003 --evidence URL|PATH",
        "Which recipes ask for it\n  ",
        "pre-deploy, line 105: caches are hit",
    ] {
        assert!(ran.out().contains(said), "{said}: {}", ran.out());
    }
    let ran = world.run(&["rule", "explain", "CACHE-003", "--format", "json"]);
    let help: serde_json::Value = serde_json::from_str(&ran.expect(0).out()).unwrap();
    assert_eq!(help["schema"], "perfctl.item-help/1");
    assert_eq!(help["kind"], "measured");
}
