//! Tokens of the user: they reach the registry that they are for, and nothing that is written.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use crate::support::World;

const TOKEN: &str = "tok/5d0f2a9c+71e84b63";

fn settings(world: &World, text: &str) {
    world.file(
        "../home/.config/perfctl/config.toml",
        &format!("schema = \"perfctl.settings/1\"\n{text}"),
    );
}

/// Every file below a directory, as text.
fn files(directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn a_token_is_in_nothing_that_is_written_whatever_a_command_prints() {
    let world = World::new();
    settings(
        &world,
        &format!(
            "[tokens]\n\"ghcr.io\" = \"ci:{TOKEN}\"\n\"git.example\" = {{ env = \"GIT_TOKEN\" }}\n"
        ),
    );
    let other = "second-token-0815";
    world.file(
        "shop.py",
        &format!("import requests\nrequests.get('https://x.example', headers=dict(a='{TOKEN}'))\n"),
    );
    // `ci:` and the token in base64, in one line and wrapped.
    let script = format!(
        "echo one {TOKEN}; echo two {}; printf 'three tok/5d0f2a9c\\n+71e84b63\\n'; printf %s ci:{TOKEN} | base64 -w 20; \
         echo {TOKEN} >&2; echo {other} >&2; exit 3",
        TOKEN.replace('/', "%2F").replace('+', "%2B")
    );
    world.file(
        "leak.toml",
        &format!(
            "schema = \"perfctl.recipe/1\"\ntitle = \"Leaks\"\nabout = \"Prints a token.\"\n\
             [[step]]\nid = \"rules\"\nkind = \"rules\"\n\
             [[step]]\nid = \"leak\"\nkind = \"command\"\nargv = [\"sh\", \"-c\", {script:?}]\n\
             [[step]]\nid = \"page\"\nkind = \"report\"\ntemplate = \"report.html\"\nfile = \"report.html\"\n"
        ),
    );
    let output = world
        .command(env!("CARGO_BIN_EXE_perfctl"))
        .args(["-vvv", "recipe", "run", "leak.toml", "--out", "../audit"])
        .args(["--repo", "."])
        .env("GIT_TOKEN", other)
        .output()
        .unwrap();
    let mut written = Vec::new();
    files(&world.work().join("../audit"), &mut written);
    assert!(
        written.len() > 4,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    written.push((
        "stdout".into(),
        String::from_utf8_lossy(&output.stdout).into(),
    ));
    written.push((
        "stderr".into(),
        String::from_utf8_lossy(&output.stderr).into(),
    ));
    let mut marked = 0;
    for (name, text) in &written {
        let joined = text.replace(['\n', '\r'], "");
        // The token, its escapes, and what its middle is in base64 behind `ci:`.
        for secret in [TOKEN, "tok%2F5d0f", "dG9rLzVkMGYyYTlj", other] {
            if let Some(at) = joined.find(secret) {
                panic!(
                    "{name} holds {secret}: {}",
                    joined
                        .get(at.saturating_sub(200)..at + 60)
                        .unwrap_or_default()
                );
            }
        }
        marked += usize::from(text.contains("[redacted]"));
    }
    assert!(
        marked >= 4,
        "the record, both streams and the terminal were cleaned"
    );
}

/// A registry that wants `ci` with the token, and remembers what it was told.
fn guarded_registry() -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let told = thread::spawn(move || {
        let mut told = Vec::new();
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().unwrap();
            let mut sent = String::new();
            for line in BufReader::new(stream.try_clone().unwrap()).lines() {
                let line = line.unwrap();
                if line.is_empty() {
                    break;
                }
                if line.to_lowercase().starts_with("authorization:") {
                    sent = line;
                }
            }
            let status = if sent.is_empty() {
                "401 Unauthorized"
            } else {
                "404 Not Found"
            };
            told.push(sent);
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nwww-authenticate: Basic realm=\"r\"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
        told
    });
    (address, told)
}

#[test]
fn a_registry_is_told_the_token_of_the_settings_and_the_login_of_docker() {
    for by_login in [false, true] {
        let world = World::new();
        world.file("shop.py", "x = 1\n");
        let (address, told) = guarded_registry();
        if by_login {
            // `ci:tok/5d0f2a9c+71e84b63` in base64, as `docker login` files it.
            let login = format!(
                "{{\"auths\": {{\"{address}\": {{\"auth\": \"Y2k6dG9rLzVkMGYyYTljKzcxZTg0YjYz\"}}}}}}"
            );
            world.file("../home/.docker/config.json", &login);
        } else {
            settings(
                &world,
                &format!("[tokens]\n\"{address}\" = \"ci:{TOKEN}\"\n"),
            );
        }
        let image = format!("image={address}/shop:1");
        let ran = world.run(&[
            "recipe",
            "run",
            "quick-wins",
            "--out",
            "../audit",
            "--set",
            &image,
        ]);
        let told = told.join().unwrap();
        assert_eq!(told[0], "", "nobody is told a password unasked");
        assert!(
            told[1].ends_with("Basic Y2k6dG9rLzVkMGYyYTljKzcxZTg0YjYz"),
            "{told:?}"
        );
        assert!(
            ran.err().contains("is not in the registry"),
            "{}",
            ran.err()
        );
        let record = fs::read_to_string(world.work().join("../audit/run.json")).unwrap();
        assert!(!record.contains(TOKEN));
    }
}

#[test]
fn a_password_that_a_helper_keeps_is_said_to_be_out_of_reach() {
    let world = World::new();
    world.file("shop.py", "x = 1\n");
    world.file(
        "../home/.docker/config.json",
        "{\"credsStore\": \"desktop\"}",
    );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answer = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
        let _ = stream.write_all(b"HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=\"r\"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    let image = format!("image={address}/shop:1");
    let ran = world.run(&[
        "recipe",
        "run",
        "quick-wins",
        "--out",
        "../audit",
        "--set",
        &image,
    ]);
    answer.join().unwrap();
    assert!(
        ran.err().contains("docker-credential-desktop")
            && ran.err().contains(&format!("tokens.\"{address}\"")),
        "{}",
        ran.err()
    );
}
