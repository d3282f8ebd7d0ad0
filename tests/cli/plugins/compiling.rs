//! Ctrl-C, or a supervisor's signal, while a component is compiled or built: at once, and no process goes on behind it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Child;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use sha2::{Digest as _, Sha256};

use super::stopped::{
    nothing_is_left, nothing_temporary_is_left, start, start_with, stop, stop_alone, wait_until,
    wait_within,
};
use super::{Acme, own};
use crate::support::compilers::copy;
use crate::support::{World, project};

/// How soon a compiler ends that nobody waits for: long before it would have ended by itself, which takes it a quarter of a minute and more.
const SOON: Duration = Duration::from_secs(5);

fn number(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn section(id: u8, content: &[u8], out: &mut Vec<u8>) {
    out.push(id);
    number(content.len(), out);
    out.extend(content);
}

/// A plugin with a module in it that nobody calls and that takes its time to be compiled: functions of long sums.
fn slow_to_compile() -> Vec<u8> {
    const FUNCTIONS: usize = 600;
    let fixture = project().join("tests/plugins/fixtures/0.1.0/conformance.wasm");
    let mut out = std::fs::read(fixture).unwrap();
    // Without locals: x, then times x plus a constant, very often.
    let mut body = vec![0, 0x20, 0];
    for at in 0..4000_u32 {
        body.extend([0x20, 0, 0x6c, 0x41, (at % 64) as u8, 0x6a]);
    }
    body.push(0x0b);
    let (mut functions, mut code) = (Vec::new(), Vec::new());
    number(FUNCTIONS, &mut functions);
    number(FUNCTIONS, &mut code);
    functions.resize(functions.len() + FUNCTIONS, 0);
    for _ in 0..FUNCTIONS {
        number(body.len(), &mut code);
        code.extend(&body);
    }
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    section(1, &[1, 0x60, 1, 0x7f, 1, 0x7f], &mut module);
    section(3, &functions, &mut module);
    section(10, &code, &mut module);
    section(1, &module, &mut out);
    out
}

/// Processes that `parent` started, with their command lines.
fn children(parent: u32) -> Vec<(i32, String)> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let mut found = Vec::new();
    for process in processes.map(|entry| entry.path()) {
        let Some(number) = process
            .file_name()
            .and_then(|name| name.to_str()?.parse().ok())
        else {
            continue;
        };
        let Some(state) = state_of(number) else {
            continue;
        };
        let is_child = state.split_whitespace().nth(1) == Some(parent.to_string().as_str());
        if is_child && let Ok(line) = std::fs::read(process.join("cmdline")) {
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            found.push((number, line));
        }
    }
    found
}

/// What the system says of a process behind its name, which may hold anything: the state, and who started it.
fn state_of(process: i32) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(stat.rsplit_once(')')?.1.trim_start().to_owned())
}

/// Whether a process does something still: one that only waits to be counted does not.
fn runs(process: i32) -> bool {
    state_of(process).is_some_and(|state| !state.starts_with('Z'))
}

/// The compiler that perfctl started, once it is about the code, and not still on its way there.
fn compiler_of(child: &Child) -> i32 {
    let compilers = || {
        let all = children(child.id()).into_iter();
        let mut all = all.filter(|(_, line)| line.contains("__compile-plugin"));
        all.next().map(|(number, _)| number)
    };
    wait_until("it compiles", || compilers().is_some());
    std::thread::sleep(Duration::from_millis(500));
    compilers().expect("it takes long enough to be stopped")
}

fn no_code_is_kept(world: &World) {
    let cache = world.work().join("../home/.cache/perfctl/plugins");
    let kept = std::fs::read_dir(cache).into_iter().flatten().flatten();
    let code = kept.filter(|entry| entry.path().extension().is_some_and(|end| end != "sha256"));
    assert_eq!(code.count(), 0, "no code that is half made");
}

#[test]
fn compiling_is_left_at_once_and_its_process_ends_too() {
    let world = World::new();
    std::fs::write(world.work().join("slow.wasm"), slow_to_compile()).unwrap();
    let add = ["plugin", "add", "slow.wasm", "--yes"];
    // From a terminal, where the signal reaches both; from a supervisor, where it reaches one.
    let ways: [fn(Child) -> String; 3] = [
        stop,
        |child| stop_alone(child, Signal::INT),
        |child| stop_alone(child, Signal::TERM),
    ];
    for stop in ways {
        let child = start(&world, &add);
        let compiler = compiler_of(&child);
        let said = stop(child);
        assert!(
            said.contains("interrupted: no plugin was changed"),
            "{said}"
        );
        assert!(!said.contains("memory"), "{said}");
        wait_within(SOON, "the compiler ends", || !runs(compiler));
        nothing_is_left(&world);
        no_code_is_kept(&world);
    }
    // Who is killed can end nobody.
    let mut child = start(&world, &add);
    let compiler = compiler_of(&child);
    kill_process(Pid::from_child(&child), Signal::KILL).unwrap();
    child.wait().unwrap();
    wait_within(SOON, "the compiler ends", || !runs(compiler));
}

#[test]
fn what_compiles_on_its_way_is_left_at_once_as_well() {
    let world = World::new();
    let bytes = slow_to_compile();
    let digest = Sha256::digest(&bytes);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::create_dir_all(own(&world, "plugins")).unwrap();
    std::fs::write(own(&world, "plugins/conformance.wasm"), &bytes).unwrap();
    std::fs::write(world.work().join("slow.wasm"), &bytes).unwrap();
    let source = world.work().join("slow.wasm");
    let lock = format!(
        "schema = \"perfctl.lock/1\"\n\n[[plugin]]\nid = \"conformance\"\nversion = \"0.0.1\"\nsource = \"{}\"\n\
         sha256 = \"{digest}\"\ncontract = \"0.1.0\"\ncapabilities = []\nrules = []\n",
        source.display()
    );
    std::fs::write(own(&world, "perfctl.lock"), &lock).unwrap();
    let service = world.work().join("service");
    copy(&project().join("tests/plugins/repository"), &service);
    for (args, says) in [
        (
            &[
                "check", "service", "--select", "CONF-001", "--output", "o.txt",
            ][..],
            "interrupted, so this is only a part",
        ),
        (
            &["plugin", "verify"],
            "interrupted: not every plugin was checked",
        ),
        (
            &["plugin", "update", "--yes"],
            "interrupted: no plugin was changed",
        ),
        (&["plugin", "inspect", "slow.wasm"], "interrupted"),
    ] {
        let child = start(&world, args);
        let compiler = compiler_of(&child);
        let said = stop_alone(child, Signal::INT);
        assert!(said.contains(says), "{args:?}: {said}");
        assert!(!said.contains("memory"), "{args:?}: {said}");
        wait_within(SOON, "the compiler ends", || !runs(compiler));
        nothing_temporary_is_left(&world);
        no_code_is_kept(&world);
        assert_eq!(
            std::fs::read_to_string(own(&world, "perfctl.lock")).unwrap(),
            lock
        );
    }
}

/// A directory with a tool of that name: when its words begin with these it says where it is and sleeps with one that it started, and to
/// others it answers nothing, at once.
fn sleeping(world: &World, tool: &str, words: &str) -> PathBuf {
    let dir = world.work().join("../tools");
    std::fs::create_dir_all(&dir).unwrap();
    let started = world.work().join("started");
    let started = started.display();
    let text = format!(
        "#!/bin/sh\ncase \"$*\" in {words}*) ;; *) exit 0 ;; esac\n\
         sleep 600 &\necho $! > {started}.new\nmv {started}.new {started}\nwait\n"
    );
    std::fs::write(dir.join(tool), text).unwrap();
    std::fs::set_permissions(dir.join(tool), std::fs::Permissions::from_mode(0o755)).unwrap();
    dir
}

/// A pack in JavaScript in that folder, with the tools that npm would have brought.
fn with_tools_of_npm(world: &World, folder: &str) {
    world.file(&format!("{folder}/src/rules.ts"), "");
    for (package, tool) in [
        ("@perfctl/plugin", "perfctl-plugin-bundle"),
        ("componentize-qjs", "componentize-qjs"),
    ] {
        let home = format!("{folder}/node_modules/{package}");
        let head = format!("{{\"bin\": {{\"{tool}\": \"tool.js\"}}}}");
        world.file(&format!("{home}/package.json"), &head);
        world.file(&format!("{home}/tool.js"), "");
    }
}

#[test]
fn a_build_in_typescript_tells_errors_of_types_with_their_places() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    std::fs::remove_file(world.work().join("acme/ACME-001/rule.lua")).unwrap();
    with_tools_of_npm(&world, "acme");
    world.file("acme/package.json", "{}");
    // A Node.js that is a compiler with one error, where it is asked to be one.
    let dir = world.work().join("../tools");
    std::fs::create_dir_all(&dir).unwrap();
    let text = "#!/bin/sh\ncase \"$*\" in */typescript/*--noEmit*) ;; *) echo other >&2; exit 7 ;; esac\n\
                echo \"src/rules.ts(3,7): error TS2339: no 'nam'\"\nexit 2\n";
    std::fs::write(dir.join("node"), text).unwrap();
    std::fs::set_permissions(dir.join("node"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let build = |more: &[&str]| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(dir.clone()).chain(std::env::split_paths(&path));
        let output = world
            .command(env!("CARGO_BIN_EXE_perfctl"))
            .args(["plugin", "build", "acme"])
            .args(more)
            .env("PATH", std::env::join_paths(folders).unwrap())
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let (told, unchecked) = (
        "acme/src/rules.ts:3:7: error TS2339",
        "types are not checked",
    );
    // Nobody asks for types, and then there is no compiler.
    let said = build(&[]);
    assert!(!said.contains(told) && !said.contains(unchecked), "{said}");
    world.file("acme/tsconfig.json", "{}");
    let said = build(&[]);
    assert!(said.contains(unchecked) && said.contains("other"), "{said}");
    world
        .file(
            "acme/node_modules/typescript/package.json",
            "{\"bin\": {\"tsc\": \"bin/tsc\"}}",
        )
        .file("acme/node_modules/typescript/bin/tsc", "");
    let said = build(&[]);
    assert!(
        said.contains("the types do not fit, 1 error") && said.contains(told),
        "{said}"
    );
    assert!(!said.contains("other"), "{said}");
    let said = build(&["--no-types"]);
    assert!(!said.contains(told) && said.contains("other"), "{said}");
}

#[test]
fn a_build_ends_its_tools_and_leaves_what_was_built_before() {
    let world = World::new();
    Acme::default().write(&world, "acme");
    std::fs::remove_file(world.work().join("acme/ACME-001/rule.lua")).unwrap();
    world.file("acme/plugin.wasm", "the older one");
    with_tools_of_npm(&world, "acme");
    // Whoever builds in Rust is asked first for what is installed.
    for file in ["bin/rustc", "bin/wasm-component-ld"] {
        world.file(&format!("rust/{file}"), "");
    }
    let rust = world.work().join("rust");
    // The tool, with the words of what takes its time.
    for (tool, words, source, args) in [
        (
            "componentize-py",
            "",
            "acme/rules.py",
            &["plugin", "build", "acme"][..],
        ),
        (
            "componentize-py",
            "",
            "acme/rules.py",
            &["plugin", "test", "acme", "--watch"],
        ),
        (
            "node",
            "",
            "acme/package.json",
            &["plugin", "build", "acme"],
        ),
        (
            "node",
            "*componentize-qjs/",
            "acme/package.json",
            &["plugin", "build", "acme"],
        ),
        (
            "cargo",
            "metadata",
            "acme/Cargo.toml",
            &["plugin", "build", "acme"],
        ),
        (
            "cargo",
            "build",
            "acme/Cargo.toml",
            &["plugin", "build", "acme"],
        ),
    ] {
        world.file(source, "");
        let dir = sleeping(&world, tool, words);
        let child = start_with(&world, args, |command| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            let folders = std::iter::once(dir).chain(std::env::split_paths(&path));
            command
                .env("PATH", std::env::join_paths(folders).unwrap())
                .env("PERFCTL_RUST_WASM", &rust);
        });
        let started = world.work().join("started");
        wait_until("the tool starts", || started.exists());
        let sleeper = std::fs::read_to_string(&started)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        assert!(runs(sleeper));
        let said = stop_alone(child, Signal::INT);
        if !args.contains(&"--watch") {
            let says = "interrupted: nothing was built, and what was built before is as it was";
            assert!(said.contains(says), "{tool}: {said}");
        }
        wait_until("what the tool started ends", || !runs(sleeper));
        nothing_temporary_is_left(&world);
        let older = std::fs::read_to_string(world.work().join("acme/plugin.wasm")).unwrap();
        assert_eq!(older, "the older one");
        std::fs::remove_file(started).unwrap();
    }
}
