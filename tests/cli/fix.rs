//! `perfctl fix`: what is written, what is only told, and what is left alone.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::World;

const CALL: &str = "import requests\n\n\ndef profile(user):\n    return requests.get(f\"https://api.example/{user}\").json()\n";
const MENDED: &str = "import requests\n\n\ndef profile(user):\n    return requests.get(f\"https://api.example/{user}\", timeout=10).json()\n";
const UNUSED: &str = "def f():\n    # perfctl: allow NET-PERF-004 -- not any more\n    return 1\n";
const DOCKERFILE: &str = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\nCMD [\"python\", \"main.py\"]\n";

/// A repository with one change of each class.
fn shop() -> World {
    let world = World::new();
    world
        .file("shop/client.py", CALL)
        .file("shop/idle.py", UNUSED)
        .file("main.py", "print(1)\n")
        .file("requirements.txt", "requests==2.32\n")
        .file("Dockerfile", DOCKERFILE)
        .git(&["init", "-q"])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "all"]);
    world
}

fn read(world: &World, path: &str) -> String {
    std::fs::read_to_string(world.work().join(path)).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn safe_changes_are_written_and_the_rest_is_told() {
    let world = shop();
    let ran = world.run(&["fix"]).expect(1);
    assert_eq!(read(&world, "shop/client.py"), CALL);
    assert_eq!(read(&world, "shop/idle.py"), "def f():\n    return 1\n");
    let lines = read(&world, "Dockerfile");
    let at = |text: &str| lines.find(text).unwrap();
    assert!(at("requirements.txt ./") < at("pip install"), "{lines}");
    insta::assert_snapshot!(ran.out());
    // Nothing is left that could be done, and nothing is touched.
    let before = std::fs::metadata(world.work().join("Dockerfile")).unwrap();
    let again = world.run(&["fix"]).expect(1);
    assert!(
        again.out().contains("nothing safe to mend, 1 left"),
        "{}",
        again.out()
    );
    let after = std::fs::metadata(world.work().join("Dockerfile")).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
}

#[test]
fn unsafe_changes_are_written_where_they_are_asked_for() {
    let world = shop();
    let ran = world.run(&["fix", "--unsafe", "shop"]).expect(0);
    assert_eq!(read(&world, "shop/client.py"), MENDED);
    assert_eq!(read(&world, "Dockerfile"), DOCKERFILE, "it lies elsewhere");
    assert!(
        ran.out().contains("2 findings mended in 2 files, 0 left"),
        "{}",
        ran.out()
    );
    world.git(&["checkout", "-q", "."]);
    let ran = world
        .run(&["fix", "--unsafe", "--ignore", "NET-PERF-004", "shop"])
        .expect(0);
    assert_eq!(read(&world, "shop/client.py"), CALL);
    assert!(ran.out().contains("1 finding mended"), "{}", ran.out());
}

#[test]
fn a_dry_run_writes_nothing_and_ends_as_a_check_does() {
    let world = shop();
    let ran = world.run(&["fix", "--unsafe", "--dry-run"]).expect(1);
    assert!(
        ran.out()
            .contains("would mend 3 findings in 3 files, 0 would be left; nothing is written"),
        "{}",
        ran.out()
    );
    world.git(&["diff", "--exit-code"]);
    let ran = world
        .run(&["fix", "--dry-run", "--format", "json"])
        .expect(1);
    let told = json(&ran.out());
    assert_eq!(told["schema"], "perfctl.fix/1");
    assert_eq!(told["mode"], "dry-run");
    assert_eq!(told["fixed"].as_array().unwrap().len(), 2);
    assert_eq!(told["left"][0]["why"], "unsafe");
    world.git(&["diff", "--exit-code"]);
}

#[test]
fn a_patch_is_what_would_be_written() {
    let world = shop();
    let ran = world
        .run(&["fix", "--unsafe", "--diff", "--output", "../fix.patch"])
        .expect(1);
    assert_eq!(ran.out(), "");
    world.git(&["diff", "--exit-code"]);
    world
        .git(&["apply", "--check", "../fix.patch"])
        .git(&["apply", "../fix.patch"]);
    let patched: Vec<String> = ["shop/client.py", "shop/idle.py", "Dockerfile"]
        .map(|path| read(&world, path))
        .into();
    world.git(&["checkout", "-q", "."]);
    world.run(&["fix", "--unsafe"]);
    let written: Vec<String> = ["shop/client.py", "shop/idle.py", "Dockerfile"]
        .map(|path| read(&world, path))
        .into();
    assert_eq!(patched, written);
    assert_eq!(world.run(&["fix", "--unsafe", "--diff"]).out(), "");
}

#[test]
fn what_is_allowed_waived_known_or_not_the_services_own_is_left_alone() {
    let world = shop();
    let allowed = CALL.replace(
        "json()\n",
        "json()  # perfctl: allow NET-PERF-004 -- measured\n",
    );
    world
        .file("shop/client.py", &allowed)
        .file("shop/waived.py", CALL)
        .file("shop/known.py", CALL)
        .file("vendor/theirs.py", CALL)
        .file("built/out.py", CALL)
        .file(".gitignore", "built/\n")
        .file(
            ".perfctl.toml",
            "schema = \"perfctl.settings/1\"\n\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"shop/waived.py\"\nreason = \"goes soon\"\nowner = \"a\"\n",
        );
    world
        .run(&["check", "shop/known.py", "--write-baseline", "../known.txt"])
        .expect(0);
    world.run(&["fix", "--unsafe", "--baseline", "../known.txt"]);
    assert_eq!(read(&world, "shop/client.py"), allowed);
    for path in [
        "shop/waived.py",
        "shop/known.py",
        "vendor/theirs.py",
        "built/out.py",
    ] {
        assert_eq!(read(&world, path), CALL, "{path}");
    }
}

#[test]
fn only_what_changed_is_mended_where_that_is_asked() {
    let world = shop();
    let more = format!(
        "{CALL}\n\ndef orders():\n    return requests.get(\"https://api.example/orders\")\n"
    );
    world.file("shop/client.py", &more);
    world
        .run(&["fix", "--unsafe", "--changed-since", "HEAD"])
        .expect(0);
    let wanted = more.replace("/orders\")", "/orders\", timeout=10)");
    assert_eq!(read(&world, "shop/client.py"), wanted);
    assert_eq!(read(&world, "shop/idle.py"), UNUSED);
}

#[test]
fn files_that_may_not_be_written_are_named_and_stay() {
    let world = shop();
    let file = world.work().join("shop/client.py");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    world.file("shop/latin.py", "");
    std::fs::write(
        world.work().join("shop/latin.py"),
        [b"# caf\xe9\n", CALL.as_bytes()].concat(),
    )
    .unwrap();
    std::os::unix::fs::symlink("client.py", world.work().join("shop/link.py")).unwrap();
    let ran = world.run(&["fix", "--unsafe", "shop"]).expect(1);
    assert_eq!(read(&world, "shop/client.py"), CALL);
    let out = ran.out();
    assert!(
        out.contains("shop/client.py is not written: it is read-only"),
        "{out}"
    );
    assert!(
        out.contains("shop/latin.py is not written: it is not UTF-8"),
        "{out}"
    );
    assert!(
        std::fs::symlink_metadata(world.work().join("shop/link.py"))
            .unwrap()
            .is_symlink()
    );
}

#[test]
fn line_ends_marks_and_permissions_stay_as_they_are() {
    let world = shop();
    let text = format!("\u{feff}# caf\u{e9}\r\n{}", CALL.replace('\n', "\r\n"));
    let text = text.trim_end();
    world.file("shop/client.py", text);
    let file = world.work().join("shop/client.py");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o750)).unwrap();
    world.run(&["fix", "--unsafe", "shop"]).expect(0);
    assert_eq!(
        read(&world, "shop/client.py"),
        text.replace("\").json", "\", timeout=10).json")
    );
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o750);
}

#[test]
fn suppressions_that_nobody_needs_go_and_the_others_stay() {
    let world = shop();
    let settings = "schema = \"perfctl.settings/1\"\n\n# Until the rewrite.\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"old\"\nreason = \"r\"\nowner = \"a\"\n\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"shop\"\nreason = \"r\"\nowner = \"a\"\n";
    world.file(".perfctl.toml", settings).file(
        "shop/idle.py",
        "# perfctl: allow CONC-001, NET-PERF-004 -- both\nx = 1\nimport time\n",
    );
    let select = ["fix", "--select", "PERFCTL-SUPPRESS"];
    world.run(&select);
    assert_eq!(
        read(&world, ".perfctl.toml"),
        settings,
        "nobody asked for it"
    );
    assert_eq!(read(&world, "shop/idle.py"), "x = 1\nimport time\n");
    let ran = world.run(&[&select[..], &["--unused-waivers"]].concat());
    assert_eq!(
        read(&world, ".perfctl.toml"),
        "schema = \"perfctl.settings/1\"\n\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"shop\"\nreason = \"r\"\nowner = \"a\"\n",
        "{}",
        ran.out()
    );
    assert!(ran.out().contains("take the waiver out"), "{}", ran.out());
    world.run(&["config", "explain", "waive"]).expect(0);
}

#[test]
fn comments_that_are_over_go_at_once_where_nothing_is_found_and_on_request_elsewhere() {
    let world = shop();
    let over = "# perfctl: allow NET-PERF-004 -- the gateway ends it until 2020-01-31\n";
    let call = CALL.replacen("def ", &format!("{over}def "), 1);
    // On the statement that is found, and where nothing is.
    let found = CALL.replace(
        "    return requests",
        &format!("    {over}    return requests"),
    );
    assert!(found.contains(over) && call.contains(over), "{CALL}");
    world
        .file("shop/client.py", &found)
        .file("shop/idle.py", &format!("{over}x = 1\n"));
    let select = ["fix", "--select", "PERFCTL-SUPPRESS"];
    let ran = world.run(&select);
    assert_eq!(read(&world, "shop/idle.py"), "x = 1\n");
    assert_eq!(read(&world, "shop/client.py"), found);
    assert!(
        ran.out().contains("take the comment out (safe; line 1)"),
        "{}",
        ran.out()
    );
    let said = world.run(&["check"]).out();
    assert!(
        said.contains("this comment held until 2020-01-31") && said.contains("give it a later day"),
        "{said}"
    );
    world.run(&[&select[..], &["--unsafe"]].concat());
    assert_eq!(read(&world, "shop/client.py"), CALL);
}

#[test]
fn waivers_that_are_over_go_and_those_that_end_soon_are_said() {
    let world = shop();
    let waiver = |until: &str| {
        format!(
            "\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"shop\"\nreason = \"r\"\nowner = \"a\"\nuntil = {until}\n"
        )
    };
    let day = |days: i64| {
        let now = std::time::SystemTime::now();
        let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
        let then = jiff::Timestamp::from_second(now + days * 86_400).unwrap();
        then.strftime("%Y-%m-%d").to_string()
    };
    let head = "schema = \"perfctl.settings/1\"\n";
    let soon = waiver(&day(10));
    world.file(
        ".perfctl.toml",
        &format!("{head}{}{soon}", waiver("2020-01-31")),
    );
    world.run(&["fix", "--select", "PERFCTL-SUPPRESS", "--unused-waivers"]);
    assert_eq!(read(&world, ".perfctl.toml"), format!("{head}{soon}"));
    let said = world.run(&["check"]).out();
    let note = format!(
        ".perfctl.toml:3: the waiver of NET-PERF-004 for shop expires on {}",
        day(10)
    );
    assert!(said.contains(&note), "{said}");
    world.file(".perfctl.toml", &format!("{head}{}", waiver(&day(40))));
    let said = world.run(&["check"]).out();
    assert!(!said.contains("expires"), "{said}");
}

#[test]
fn a_waiver_that_is_used_stays_beside_one_on_the_same_line() {
    let world = shop();
    let used = "{ rule = \"NET-PERF-004\", path = \"shop\", reason = \"r\", owner = \"a\" }";
    let unused = used.replace("shop", "old");
    let settings = |list: &str| format!("schema = \"perfctl.settings/1\"\nwaive = [{list}]\n");
    world.file(".perfctl.toml", &settings(&format!("{used}, {unused}")));
    world.run(&["fix", "--unused-waivers"]);
    assert_eq!(read(&world, ".perfctl.toml"), settings(used));
}

#[test]
fn waivers_go_only_where_they_are_asked_for_and_do_not_count_then() {
    let world = shop();
    let settings = "schema = \"perfctl.settings/1\"\n\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"old\"\nreason = \"r\"\n";
    world.file(".perfctl.toml", settings);
    let args = ["fix", "--unused-waivers"];
    world.run(&[&args[..], &["--ignore", "PERFCTL-SUPPRESS"]].concat());
    assert_eq!(read(&world, ".perfctl.toml"), settings);
    // What cannot be written stops nothing else.
    let file = world.work().join(".perfctl.toml");
    let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode));
    mode(0o444).unwrap();
    let ran = world.run(&args);
    assert_eq!(read(&world, ".perfctl.toml"), settings);
    assert_eq!(read(&world, "shop/idle.py"), "def f():\n    return 1\n");
    let told = ran.err();
    assert!(
        told.contains(".perfctl.toml is not written: it is read-only"),
        "{told}"
    );
    mode(0o644).unwrap();
    let select = ["--select", "PERFCTL-SUPPRESS"];
    let ran = world.run(&[&args[..], &select].concat()).expect(0);
    assert_ne!(read(&world, ".perfctl.toml"), settings);
    assert!(
        ran.out().contains("mended in 1 file, 0 left"),
        "{}",
        ran.out()
    );
}

#[test]
fn changes_that_meet_are_made_one_after_the_other() {
    let world = World::new();
    world.file(
        "shop/api.py",
        "import requests\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get(\"/a\")\nasync def a():\n    return requests.get(\"https://a.example\").json()\n",
    );
    world
        .run(&["fix", "--unsafe", "--select", "NET-PERF-004,CONC-001"])
        .expect(0);
    let text = read(&world, "shop/api.py");
    assert!(
        text.contains(
            "(await asyncio.to_thread(requests.get, \"https://a.example\", timeout=3)).json()"
        ),
        "{text}"
    );
}

#[test]
fn a_repository_without_findings_has_nothing_to_mend() {
    let world = World::new();
    world.file("a.py", "x = 1\n");
    let ran = world.run(&["fix"]).expect(0);
    assert_eq!(ran.out(), "perfctl: nothing to mend, 0 left\n");
    let ran = world.run(&["fix", "--diff"]).expect(0);
    assert_eq!(
        (ran.out().as_str(), ran.err().as_str()),
        ("", "perfctl: nothing to mend, 0 left\n")
    );
    world.run(&["fix", "--diff", "--format", "json"]).expect(2);
    world.run(&["fix", "nowhere"]).expect(2);
    world.run(&["fix", "--output", "."]).expect(2);
}

#[test]
fn a_patch_without_changes_says_why() {
    let world = shop();
    let ran = world.run(&["fix", "--diff", "--select", "NET-PERF-004"]);
    assert_eq!(ran.out(), "");
    let said = ran.err();
    assert!(
        said.contains("\nleft: ")
            && said.contains("with a change that may alter behaviour (`--unsafe` makes it)"),
        "{said}"
    );
    let ran = world.run(&["fix", "--diff", "--select", "NET-PERF-004", "--quiet"]);
    assert!(!ran.err().contains("left:"), "{}", ran.err());
}

#[test]
fn a_reader_that_goes_away_and_ctrl_c_leave_whole_files() {
    let world = shop();
    let perfctl = env!("CARGO_BIN_EXE_perfctl");
    let mut shell = world.command("sh");
    shell.args([
        "-c",
        &format!("{perfctl} fix --unsafe --diff | head -1 > /dev/null"),
    ]);
    assert!(shell.status().unwrap().success());
    for i in 0..40 {
        let name = format!("shop/many{i}.py");
        world.file(&name, CALL);
    }
    for delay in [0, 20, 60, 120] {
        let mut command: Command = world.command(perfctl);
        let mut child = command
            .args(["fix", "--unsafe", "shop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        let pid = rustix::process::Pid::from_child(&child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        child.wait().unwrap();
        for entry in std::fs::read_dir(world.work().join("shop")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let whole = [CALL, MENDED, UNUSED, "def f():\n    return 1\n"];
            assert!(whole.contains(&text.as_str()), "{name}: {text}");
            assert!(name.ends_with(".py"), "{name} is no file of the repository");
        }
    }
}

/// Says what an interruption while files are written has left, and leaves exactly that.
#[test]
fn an_interruption_while_files_are_written_says_which_are() {
    let world = World::new();
    let names: Vec<String> = (0..150).map(|i| format!("shop/many{i}.py")).collect();
    for name in &names {
        world.file(name, CALL);
    }
    let staged = || {
        let entries = std::fs::read_dir(world.work().join("shop")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .any(|name| name.starts_with(".perfctl-"))
    };
    let mut child = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .args(["fix", "--unsafe", "--format", "json", "shop"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !staged() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    // The second asks for an end at once, which is not given while files would be left half-done.
    for _ in 0..2 {
        let pid = rustix::process::Pid::from_child(&child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let ended = child.wait_with_output().unwrap();
    let (out, err) = (
        String::from_utf8(ended.stdout).unwrap(),
        String::from_utf8(ended.stderr).unwrap(),
    );
    assert_eq!(ended.status.code(), Some(130), "{err}");
    let written: Vec<&String> = names
        .iter()
        .filter(|name| read(&world, name) == MENDED)
        .collect();
    match written.len() {
        0 => assert!(err.contains("interrupted: no file was changed"), "{err}"),
        all if all == names.len() => assert!(err.contains("all changes are written"), "{err}"),
        _ => assert!(err.contains("interrupted: written is shop/"), "{err}"),
    }
    if !written.is_empty() {
        let told = json(&out);
        assert_eq!(told["interrupted"], true);
        assert_eq!(told["files"].as_array().unwrap().len(), written.len());
        assert_eq!(told["fixed"].as_array().unwrap().len(), written.len());
    }
    assert!(!staged(), "no temporary file is left");
}

#[test]
fn a_dry_run_says_the_numbers_of_the_run() {
    let settings = "schema = \"perfctl.settings/1\"\n\n[[waive]]\nrule = \"NET-PERF-004\"\npath = \"old\"\nreason = \"r\"\nowner = \"a\"\n";
    for more in [
        &[][..],
        &["--unsafe"],
        &["--select", "PERFCTL-SUPPRESS"],
        &["--select", "PERFCTL-SUPPRESS", "--unused-waivers"],
        &["--changed-since", "HEAD"],
    ] {
        let world = shop();
        world
            .file(".perfctl.toml", settings)
            .file("shop/new.py", CALL);
        let numbers = |how: &[&str]| {
            let ran = world.run(&[&["fix", "--format", "json"], more, how].concat());
            let told = json(&ran.out());
            let count = |key: &str| told[key].as_array().unwrap().len();
            (
                count("files"),
                count("fixed"),
                count("went_along"),
                count("left"),
                told["findings"].clone(),
            )
        };
        let (dry, real) = (numbers(&["--dry-run"]), numbers(&[]));
        assert_eq!(dry, real, "{more:?}");
        assert_eq!(real.4, real.3, "{more:?}");
        assert_eq!(
            numbers(&["--dry-run"]),
            (0, 0, 0, real.3, real.4),
            "{more:?}"
        );
    }
}

#[test]
fn what_it_prints_for_programs_is_what_its_schema_says() {
    let schema = json(&World::new().run(&["schema", "fix"]).expect(0).out());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let world = shop();
    let file = world.work().join("Dockerfile");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o444)).unwrap();
    let told = |args: &[&str]| {
        let ran = world.run(&[&["fix", "--format", "json"], args].concat());
        let told = json(&ran.out());
        let faults: Vec<String> = validator
            .iter_errors(&told)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(faults, [""; 0], "{told:#}");
        let keys =
            |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
        let mut known = keys(&schema["properties"]);
        known.sort();
        let mut used = keys(&told);
        used.sort();
        assert_eq!(used, known);
        told
    };
    told(&["--dry-run"]);
    let mut told = told(&["--unsafe"]);
    told["root"] = "ROOT".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&told).unwrap());
}
