//! `--repo` with URLs: a directory by `file://`, and git's own server over HTTP on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::World;

/// A bare repository `shop.git` beside the working directory.
fn bare() -> World {
    let world = World::new();
    world.file(
        "shop/client.py",
        "import requests\nrequests.get('https://x.example')\n",
    );
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["clone", "-q", "--bare", ".", "../shop.git"]);
    world
}

fn audited(world: &World, url: &str) -> Value {
    let ran = world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            url,
            "--out",
            "../audit",
            "--format",
            "json",
        ])
        .expect(1);
    assert!(!ran.out().contains("s3cret") && !ran.err().contains("s3cret"));
    let run: Value = serde_json::from_str(&ran.out()).unwrap();
    assert_eq!(run["findings"][0]["place"]["path"], "shop/client.py");
    run["source"].clone()
}

#[test]
fn a_file_url_is_cloned() {
    let world = bare();
    let path = world.work().join("../shop.git").canonicalize().unwrap();
    let source = audited(&world, &format!("file://{}", path.display()));
    assert_eq!(source["name"], "shop");
    assert_eq!(source["dirty"], false);
}

#[test]
fn a_url_is_cloned_over_http_and_its_password_is_nowhere() {
    let world = bare();
    let root = world.work().join("..").canonicalize().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut git = Command::new("git");
            git.arg("http-backend")
                .env("GIT_PROJECT_ROOT", &root)
                .env("GIT_HTTP_EXPORT_ALL", "1")
                // The repository belongs to whoever runs the test, as far as git cares.
                .env("GIT_CONFIG_COUNT", "1")
                .env("GIT_CONFIG_KEY_0", "safe.directory")
                .env("GIT_CONFIG_VALUE_0", "*");
            std::thread::spawn(move || serve(stream, git));
        }
    });
    let url = format!("http://someone:s3cret@127.0.0.1:{port}/shop.git");
    let source = audited(&world, &url);
    assert_eq!(
        source["origin"],
        format!("http://127.0.0.1:{port}/shop.git")
    );
    for file in ["run.json", "findings.sarif", "report.md", "report.html"] {
        let text = std::fs::read_to_string(world.work().join("../audit").join(file)).unwrap();
        assert!(!text.contains("s3cret"), "{file}");
    }
    let gone = format!("http://127.0.0.1:{port}/gone.git");
    let ran = world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            &gone,
            "--out",
            "../audit",
        ])
        .expect(2);
    assert!(ran.err().contains("no such repository"), "{}", ran.err());
}

/// Answers one request as a web server with CGI does, and closes.
fn serve(mut stream: TcpStream, mut git: Command) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or("GET"), words.next().unwrap_or("/"));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    git.env("REQUEST_METHOD", method)
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query);
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).unwrap() == 0 || header.trim().is_empty() {
            break;
        }
        let Some((name, value)) = header.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "content-type" => drop(git.env("CONTENT_TYPE", value)),
            "content-encoding" => drop(git.env("HTTP_CONTENT_ENCODING", value)),
            "git-protocol" => drop(git.env("GIT_PROTOCOL", value)),
            "expect" => stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut child = git
        .env("CONTENT_LENGTH", length.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&body).unwrap();
    let answer = child.wait_with_output().unwrap().stdout;
    let split = answer.windows(4).position(|end| end == b"\r\n\r\n");
    let (head, body) = answer.split_at(split.map_or(answer.len(), |at| at + 4));
    let head = String::from_utf8_lossy(head);
    let status = head
        .lines()
        .find_map(|line| line.strip_prefix("Status: "))
        .unwrap_or("200 OK");
    // The head of what git answers is HTTP already. Whoever hung up has what it wanted.
    let first = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{head}",
        body.len()
    );
    let _ = stream
        .write_all(first.as_bytes())
        .and_then(|()| stream.write_all(body));
}
