//! `perfctl fix` on images: which orders of copying and installing are safe to change.

use crate::support::World;

fn read(world: &World, path: &str) -> String {
    std::fs::read_to_string(world.work().join(path)).unwrap()
}

/// A Dockerfile that copies all and installs with `install` into `/app`.
fn installing(from: &str, install: &str) -> String {
    format!("FROM {from}\nWORKDIR /app\nCOPY . .\nRUN {install}\nCMD [\"/app/run\"]\n")
}

#[test]
fn an_install_that_may_read_more_or_be_laid_over_is_no_safe_change() {
    let npm = installing("node:22-slim", "npm ci");
    let pip = installing("python:3.13-slim", "pip install -t . -r requirements.txt");
    let venv = installing(
        "python:3.13-slim",
        "/app/.venv/bin/pip install -r requirements.txt",
    );
    for (dockerfile, is_safe) in [
        (npm.replace("npm ci", "npm ci --ignore-scripts"), true),
        (npm.replace("npm ci", "bun install"), false),
        (pip, false),
        (venv, false),
    ] {
        let world = World::new();
        world
            .file("Dockerfile", &dockerfile)
            .file(".dockerignore", "node_modules\n")
            .file(
                "package.json",
                "{ \"dependencies\": { \"express\": \"4.21.0\" } }\n",
            )
            .file("package-lock.json", "{ \"lockfileVersion\": 3 }\n")
            .file(
                "bunfig.toml",
                "[install]\nregistry = \"https://packages.example/\"\n",
            )
            .file("requirements.txt", "flask==3.0.0\n")
            .file("main.py", "print(1)\n")
            .file("server.js", "console.log(1)\n");
        world.run(&["fix", "--select", "BUILD-003"]).expect(0);
        assert_eq!(
            read(&world, "Dockerfile") != dockerfile,
            is_safe,
            "{dockerfile}"
        );
        world
            .run(&["fix", "--unsafe", "--select", "BUILD-003"])
            .expect(0);
        assert_ne!(read(&world, "Dockerfile"), dockerfile);
    }
}
