//! The environment that a recipe makes for the service: allowed by the user, from a folder of packages that the test makes, so
//! that no index is asked.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::World;

/// A zip file of these members, stored: what a wheel is.
fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let at = bytes.len() as u32;
        let (size, crc) = (text.len() as u32, crc32(text.as_bytes()));
        let mut about = Vec::new();
        // Version, flags, method, time and date (1 January 1980), checksum, both sizes, name, no extra field.
        for half in [20u16, 0, 0, 0, 0x21] {
            about.extend(half.to_le_bytes());
        }
        for word in [crc, size, size] {
            about.extend(word.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    let count = members.len() as u16;
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| {
        if crc & 1 == 1 {
            0xedb8_8320 ^ (crc >> 1)
        } else {
            crc >> 1
        }
    };
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc))
    })
}

/// A wheel of one module, `NAME-1.0`, in the folder of packages.
fn wheel(world: &World, name: &str, code: &str) -> PathBuf {
    let folder = world.work().join("../wheels");
    fs::create_dir_all(&folder).unwrap();
    let about = format!("{name}-1.0.dist-info");
    let members = [
        (format!("{name}.py"), code.to_owned()),
        (
            format!("{about}/METADATA"),
            format!("Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"),
        ),
        (
            format!("{about}/WHEEL"),
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
                .to_owned(),
        ),
        (
            format!("{about}/RECORD"),
            format!("{name}.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n"),
        ),
    ];
    let members: Vec<(&str, &str)> = members
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    fs::write(
        folder.join(format!("{name}-1.0-py3-none-any.whl")),
        zip(&members),
    )
    .unwrap();
    folder.canonicalize().unwrap()
}

/// Runs the recipe with the folder of packages as the only source.
fn audit(world: &World, args: &[&str]) -> Value {
    let wheels = world.work().join("../wheels").canonicalize().unwrap();
    super::audit_with(world, args, |command| {
        command
            .env("PIP_NO_INDEX", "1")
            .env("PIP_FIND_LINKS", wheels);
    })
}

fn step<'r>(run: &'r Value, id: &str) -> &'r Value {
    let steps = run["steps"].as_array().unwrap();
    steps.iter().find(|step| step["id"] == id).unwrap()
}

fn total(run: &Value) -> Option<f64> {
    let metrics = run["metrics"].as_array().unwrap();
    let total = metrics
        .iter()
        .find(|metric| metric["name"] == "import.total")?;
    total["samples"][0].as_f64()
}

#[test]
fn an_allowed_step_makes_the_environment_once_and_the_imports_are_timed_in_it() {
    let world = World::new();
    wheel(&world, "slowdep", "import time\ntime.sleep(0.15)\n");
    world.file("backend/requirements.txt", "slowdep==1.0\n-e .\n");
    world.file("backend/app/__init__.py", "");
    world.file(
        "backend/app/main.py",
        "import slowdep\nfrom app import routes\n",
    );
    world.file(
        "backend/app/routes.py",
        "import os\nlimit = int(os.environ['LIMIT'])\n",
    );
    let refused = audit(&world, &[]);
    let why = step(&refused, "imports")["reason"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(
        why.contains("--allow prepare") && !why.contains("--allow environment"),
        "{why}"
    );

    let allowed = ["--allow", "prepare", "--set", "env=LIMIT=3,DEBUG=0"];
    let run = audit(&world, &allowed);
    assert_eq!(
        step(&run, "prepare")["status"],
        "ok",
        "{}",
        step(&run, "prepare")
    );
    assert_eq!(
        step(&run, "imports")["status"],
        "ok",
        "{}",
        step(&run, "imports")
    );
    assert!(
        total(&run).is_some_and(|seconds| seconds > 0.15),
        "{:?}",
        total(&run)
    );

    let again = audit(&world, &allowed[2..]);
    assert!(
        step(&again, "prepare")["notes"]
            .to_string()
            .contains("used again"),
        "what is there needs no consent: {}",
        step(&again, "prepare")
    );
    assert!(total(&again).is_some());

    // Another list is another environment, and a package that is not there fails the step, not the run.
    world.file("backend/requirements.txt", "slowdep==1.0\nnowhere==1.0\n");
    let broken = audit(&world, &allowed);
    let why = step(&broken, "prepare")["reason"].to_string();
    assert!(why.contains("nowhere==1.0"), "{why}");
    assert!(
        step(&broken, "imports")["reason"]
            .to_string()
            .contains("prepare")
    );
    assert_eq!(total(&broken), None);
}

#[test]
fn the_lock_pins_what_the_project_declares() {
    let world = World::new();
    wheel(&world, "slowdep", "");
    wheel(&world, "other", "");
    world.file(
        "pyproject.toml",
        "[project]\nname = \"shop\"\ndependencies = [\"slowdep>=0.5\", \"shared\"]\n",
    );
    world.file(
        "uv.lock",
        "version = 1\n[[package]]\nname = \"slowdep\"\nversion = \"1.0\"\nsource = { registry = \"https://index.example/simple\" }\n\
         [[package]]\nname = \"shared\"\nversion = \"0.1\"\nsource = { editable = \"libs/shared\" }\n",
    );
    world.file(
        "libs/shared/pyproject.toml",
        "[project]\nname = \"shared\"\ndependencies = [\"other\"]\n",
    );
    // Nothing of the repository is installed; its own projects are found where they lie.
    world.file("libs/shared/src/shared.py", "");
    world.file("src/shop/main.py", "import slowdep, other, shared\n");
    let run = audit(&world, &["--allow", "prepare"]);
    assert_eq!(
        step(&run, "imports")["status"],
        "ok",
        "{}",
        step(&run, "imports")
    );
    let said = fs::read_to_string(
        world
            .work()
            .join("../audit/artifacts/dependencies/stdout.txt"),
    )
    .unwrap();
    assert!(
        said.contains("pyproject.toml with") && said.contains("uv.lock"),
        "{said}"
    );
    assert!(total(&run).is_some());
}

#[test]
fn an_import_that_goes_on_without_a_declared_dependency_is_no_measurement() {
    let world = World::new();
    wheel(&world, "slowdep", "");
    world.file("requirements.txt", "slowdep\nredis\n");
    world.file("main.py", "try:\n    import redis\nexcept ImportError:\n    redis = None\ntry:\n    import ujson\nexcept ImportError:\n    pass\n");
    let run = audit(&world, &["--set", "python=python3"]);
    let imports = step(&run, "imports");
    if imports["status"] == "ok" && !imports["notes"].to_string().contains("redis") {
        // This machine's python has redis.
        return;
    }
    assert_eq!(imports["status"], "needs-evidence", "{imports}");
    let why = imports["reason"].as_str().unwrap();
    assert!(
        why.contains("`redis` (main.py:2)") && !why.contains("ujson"),
        "{why}"
    );
    assert!(imports["notes"].to_string().contains("ujson"), "{imports}");
    assert_eq!(total(&run), None);
}

#[test]
fn setup_py_alone_is_prepared_again_when_it_changes_without_what_cannot_be_fetched() {
    let world = World::new();
    wheel(&world, "slowdep", "");
    wheel(&world, "other", "");
    let setup = |more: &str| {
        world.file(
            "setup.py",
            &format!("from setuptools import setup\nsetup(install_requires=['slowdep'{more}])\n"),
        );
    };
    setup("");
    world.file("main.py", "import slowdep\n");
    let run = audit(&world, &["--allow", "prepare"]);
    assert_eq!(
        step(&run, "imports")["status"],
        "ok",
        "{}",
        step(&run, "imports")
    );
    // Nothing listens there.
    setup(", 'other', 'core @ git+https://127.0.0.1:9/core.git'");
    world.file("main.py", "import slowdep, other\nimport core\n");
    let run = audit(&world, &["--allow", "prepare"]);
    let prepare = step(&run, "prepare");
    assert_eq!(prepare["status"], "ok", "{prepare}");
    assert!(
        prepare["notes"]
            .to_string()
            .contains("left out, because it could not be fetched"),
        "{prepare}"
    );
    let why = step(&run, "imports")["reason"].to_string();
    assert!(
        why.contains("declared as `core @ git+https://127.0.0.1:9/core.git`"),
        "{why}"
    );
}
