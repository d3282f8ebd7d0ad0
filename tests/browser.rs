//! Chromium without a window, driven through a pipe with the few commands of its DevTools protocol that looking at a page takes.
//! Knows nothing of reports.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A page that has not answered within this time hangs.
const PATIENCE: Duration = Duration::from_secs(60);

const PROGRAMS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// No window, no profile, no calls of the browser's own.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-pipe",
    "about:blank",
];

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: String,
    last: u64,
    events: Vec<Value>,
    home: TempDir,
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    PROGRAMS.iter().find_map(|name| {
        std::env::split_paths(&path)
            .map(|dir| dir.join(name))
            .find(|file| file.is_file())
    })
}

impl Browser {
    /// Starts a browser. Without one the answer is `None` and a line on standard error, except where `CI` is set: there the test fails.
    pub(crate) fn open(test: &str) -> Option<Self> {
        let Some(program) = program() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "chromium is missing; install the Debian package chromium"
            );
            // Past the harness, which would keep the line of a test that passes to itself.
            let line = format!("skipped: {test}: chromium is not installed\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let home = TempDir::new().unwrap();
        let errors = std::fs::File::create(home.path().join("stderr")).unwrap();
        // The protocol's pipes are descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args([
                "-c",
                "exec 3<&0 4>&1 </dev/null >/dev/null; exec \"$0\" \"$@\"",
            ])
            .arg(program)
            .arg(format!(
                "--user-data-dir={}",
                home.path().join("profile").display()
            ))
            .args(FLAGS)
            .env("HOME", home.path())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (send, messages) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while output
                .read_until(0, &mut message)
                .is_ok_and(|read| read > 0)
            {
                message.pop();
                let parsed = serde_json::from_slice(&message).unwrap_or(Value::Null);
                if send.send(parsed).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let mut browser = Self {
            child,
            input,
            messages,
            session: String::new(),
            last: 0,
            events: Vec::new(),
            home,
        };
        let target =
            browser.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"]
                .clone();
        let attached = browser.call(
            "Target.attachToTarget",
            json!({ "targetId": target, "flatten": true }),
        );
        browser.session = attached["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Sends a command and waits for its answer; events on the way are kept.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let sent = write!(self.input, "{message}\0").and_then(|()| self.input.flush());
        sent.unwrap_or_else(|error| panic!("{method}: {error}: {}", self.complaints()));
        loop {
            let answer = self.next(method);
            if answer["id"] == self.last {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn next(&self, what: &str) -> Value {
        self.messages
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|error| panic!("{what}: {error}: {}", self.complaints()))
    }

    fn complaints(&self) -> String {
        std::fs::read_to_string(self.home.path().join("stderr")).unwrap_or_default()
    }

    /// Loads a page, and waits until it is loaded.
    pub(crate) fn visit(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": url }));
        let ready = format!("location.href === {} && document.readyState", json!(url));
        self.wait_for(&ready, &json!("complete"));
    }

    /// The value of an expression in the page; a promise's when it is kept.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let answer = self.call(
            "Runtime.evaluate",
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true }),
        );
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}: {}",
            answer["exceptionDetails"]
        );
        answer["result"]["value"].clone()
    }

    /// Waits until an expression has this value.
    pub(crate) fn wait_for(&mut self, expression: &str, value: &Value) {
        let start = Instant::now();
        loop {
            let now = self.evaluate(expression);
            if now == *value {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "`{expression}` is {now} and never {value}"
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Clicks into the middle of the first element that fits.
    pub(crate) fn click(&mut self, selector: &str) {
        let middle = format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{block: 'center', behavior: 'instant'}}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] }})()",
            json!(selector)
        );
        let middle = self.evaluate(&middle);
        for kind in ["mousePressed", "mouseReleased"] {
            self.call("Input.dispatchMouseEvent", json!({ "type": kind, "x": middle[0], "y": middle[1], "button": "left", "clickCount": 1 }));
        }
    }

    /// Types into what has the focus.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// The parameters of every event of that name until now.
    pub(crate) fn events(&self, method: &str) -> Vec<&Value> {
        self.events
            .iter()
            .filter(|event| event["method"] == method)
            .map(|event| &event["params"])
            .collect()
    }

    /// What the page complained about: exceptions, errors on its console, and what the browser logged as an error.
    pub(crate) fn errors(&self) -> Vec<String> {
        let thrown = self
            .events("Runtime.exceptionThrown")
            .into_iter()
            .map(|event| event["exceptionDetails"].to_string());
        let console = self
            .events("Runtime.consoleAPICalled")
            .into_iter()
            .filter(|call| call["type"] == "error" || call["type"] == "assert");
        let log = self
            .events("Log.entryAdded")
            .into_iter()
            .filter(|event| event["entry"]["level"] == "error");
        thrown
            .chain(console.map(Value::to_string))
            .chain(log.map(|event| event["entry"].to_string()))
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser and all its processes; they have nothing to save.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}
