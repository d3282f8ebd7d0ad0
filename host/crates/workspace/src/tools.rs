//! External programs on `PATH` and their versions. It must not know what a program is needed for or how to install it.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::command::{Capture, locate, search_path};

/// How long a program may take to say its version. Interpreters behind version managers take about a second.
const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of an answer that are looked at.
const ANSWER: usize = 16 << 10;

/// A program that is installed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// The name that was found, of the alternatives asked for.
    pub program: String,
    /// Its file, absolute.
    pub path: PathBuf,
}

/// Finds programs and asks them for their versions, once each.
#[derive(Debug)]
pub struct Tools {
    search: OsString,
    found: Mutex<BTreeMap<String, Option<Located>>>,
    versions: Mutex<BTreeMap<PathBuf, Option<String>>>,
}

impl Default for Tools {
    fn default() -> Self {
        Self::new()
    }
}

impl Tools {
    /// Looks in the absolute directories of the user's `PATH`.
    pub fn new() -> Self {
        Self::on(search_path(env::var_os("PATH").as_deref(), None))
    }

    /// Looks there, too, but in no directory of the audited repository at `checkout`: programs are asked for their versions
    /// in the open, and one of the repository's, to which an environment made active in it leads, is none of the user's.
    pub fn beside(checkout: &Path) -> Self {
        Self::on(search_path(env::var_os("PATH").as_deref(), Some(checkout)))
    }

    fn on(search: OsString) -> Self {
        Self {
            search,
            found: Mutex::default(),
            versions: Mutex::default(),
        }
    }

    /// The first installed of the programs in `alternatives`, which `|` separates: `docker|podman`.
    pub fn find(&self, alternatives: &str) -> Option<Located> {
        alternatives
            .split('|')
            .map(str::trim)
            .find_map(|program| self.find_one(program))
    }

    fn find_one(&self, program: &str) -> Option<Located> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found
            .entry(program.to_owned())
            .or_insert_with(|| {
                let path = locate(program, &self.search, Path::new("/"))?;
                Some(Located {
                    program: program.to_owned(),
                    path,
                })
            })
            .clone()
    }

    /// Its version, `27.0.3`, as it says itself; `None` when it does not say one within five seconds.
    pub fn version(&self, tool: &Located) -> Option<String> {
        let known = |versions: &BTreeMap<_, _>| versions.get(&tool.path).cloned();
        if let Some(known) = known(&self.versions.lock().unwrap_or_else(PoisonError::into_inner)) {
            return known;
        }
        // Asked without holding the lock: other tools need not wait for a slow one.
        let version = ask(tool, &self.search);
        let mut versions = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        versions.entry(tool.path.clone()).or_insert(version).clone()
    }
}

/// Arguments that make `program` say its version, and whether it exits with failure after saying it.
fn question(program: &str) -> (&'static [&'static str], bool) {
    match program {
        "ab" => (&["-V"], false),
        "go" | "hugo" | "k6" | "openssl" | "terraform" => (&["version"], false),
        "helm" => (&["version", "--short"], false),
        "java" | "ffmpeg" | "nginx" => (&["-version"], false),
        "kubectl" => (&["version", "--client"], false),
        "strace" | "tmux" => (&["-V"], false),
        "unzip" | "ssh" => (&["-v"], true),
        "wrk" | "wrk2" => (&["-v"], true),
        _ => (&["--version"], false),
    }
}

fn ask(tool: &Located, search: &OsStr) -> Option<String> {
    let (arguments, fails) = question(&tool.program);
    let answer = run(&tool.path, arguments, search, PATIENCE);
    tracing::debug!(program = %tool.path.display(), ok = answer.is_ok(), "asked for its version");
    let (text, status) = answer.ok()?;
    (fails || status.success())
        .then(|| find_version(&text))
        .flatten()
}

/// Both outputs of a program of the user's own, as one text, and how it ended. What it starts itself, such as the interpreter
/// of a script, it finds on `search`.
fn run(
    program: &Path,
    arguments: &[&str],
    search: &OsStr,
    patience: Duration,
) -> io::Result<(String, ExitStatus)> {
    let until = Instant::now() + patience;
    let (mut reader, writer) = io::pipe()?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .env("PATH", search)
        .envs(env::var_os("HOME").map(|home| ("HOME", home)))
        .envs([("LC_ALL", "C.UTF-8"), ("NO_COLOR", "1"), ("TERM", "dumb")])
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .process_group(0);
    let mut child = command.spawn()?;
    // It holds the writing ends; while they are open the reading end does not end.
    drop(command);
    let mut capture = Capture::new(ANSWER);
    let answer = read_until(&mut reader, &mut capture, until).and_then(|()| {
        loop {
            if let Some(status) = child.try_wait()? {
                break Ok(status);
            }
            if Instant::now() >= until {
                break Err(io::ErrorKind::TimedOut.into());
            }
            thread::sleep(Duration::from_millis(2));
        }
    });
    if answer.is_err() {
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        child.wait()?;
    }
    Ok((
        String::from_utf8_lossy(&capture.finish().0).into_owned(),
        answer?,
    ))
}

fn read_until(
    reader: &mut io::PipeReader,
    capture: &mut Capture,
    until: Instant,
) -> io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let wait = Timespec::try_from(left).map_err(io::Error::other)?;
        if poll(&mut [PollFd::new(reader, PollFlags::IN)], Some(&wait))? == 0 {
            continue;
        }
        match reader.read(&mut buffer)? {
            0 => return Ok(()),
            size => capture.push(&buffer[..size]),
        }
    }
}

/// The first thing in `text` that looks like a version: digits, a point, digits, and what is joined to them.
fn find_version(text: &str) -> Option<String> {
    let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_' | '~');
    text.split(|c: char| !joined(c)).find_map(|word| {
        let start = word.find(|c: char| c.is_ascii_digit())?;
        let version = word[start..].trim_end_matches(['.', '-', '_', '+', '~']);
        let (major, rest) = version.split_once('.')?;
        let numbered = major.bytes().all(|b| b.is_ascii_digit());
        (numbered && rest.starts_with(|c: char| c.is_ascii_digit())).then(|| version.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn versions_are_found_in_what_real_tools_say() {
        for (text, version) in [
            ("Docker version 27.0.3, build 7d4bcd8\n", Some("27.0.3")),
            ("go version go1.22.1 linux/amd64", Some("1.22.1")),
            ("v20.11.0", Some("20.11.0")),
            ("openjdk version \"17.0.2\" 2022-01-18", Some("17.0.2")),
            (
                "This is ApacheBench, Version 2.3 <$Revision: 1903618 $>",
                Some("2.3"),
            ),
            ("du (GNU coreutils) 9.1", Some("9.1")),
            ("Python 3.13.0rc2", Some("3.13.0rc2")),
            ("hey: no version here", None),
            ("usage: x86_64 [-h]", None),
            ("", None),
        ] {
            assert_eq!(find_version(text).as_deref(), version, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_version_is_part_of_the_text_and_begins_with_a_digit(text in "\\PC{0,80}") {
            if let Some(version) = find_version(&text) {
                prop_assert!(text.contains(&version));
                prop_assert!(version.starts_with(|c: char| c.is_ascii_digit()));
            }
        }
    }

    /// A directory with programs of these names and scripts, and the tools in it.
    fn tools(scripts: &[(&str, &str)]) -> (tempfile::TempDir, Tools) {
        let place = tempfile::tempdir().expect("a temporary directory");
        for (name, script) in scripts {
            let file = place.path().join(name);
            let text = format!("#!/bin/sh\n[ \"$1\" = --ready ] && exit 0\n{script}\n");
            fs::write(&file, text).expect("a script");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("permissions");
            // A child that another test forks at this moment holds the file open for writing until it executes.
            while Command::new(&file).arg("--ready").status().is_err() {
                thread::sleep(Duration::from_millis(1));
            }
        }
        let tools = Tools::on(place.path().as_os_str().to_owned());
        (place, tools)
    }

    #[test]
    fn the_first_installed_alternative_is_taken() {
        let (place, tools) = tools(&[("podman", "echo podman version 4.3.1")]);
        let found = tools.find("docker|podman").expect("one is there");
        assert_eq!(
            (found.program.as_str(), found.path.clone()),
            ("podman", place.path().join("podman"))
        );
        assert_eq!(tools.version(&found).as_deref(), Some("4.3.1"));
        assert_eq!(tools.find("docker|nerdctl"), None);
    }

    #[test]
    fn an_answer_is_remembered() {
        let (place, tools) = tools(&[("tool", "echo x >> \"$0.asked\"; echo tool 1.2")]);
        let found = tools.find("tool").expect("there");
        assert_eq!(tools.version(&found), tools.version(&found));
        assert_eq!(
            fs::read_to_string(place.path().join("tool.asked")).expect("asked"),
            "x\n"
        );
    }

    #[test]
    fn a_program_that_fails_says_no_version_even_if_its_message_holds_one() {
        let (_place, tools) = tools(&[(
            "python3",
            "echo 'pyenv: version 3.11.1 is not installed' >&2; exit 1",
        )]);
        assert_eq!(tools.version(&tools.find("python3").expect("there")), None);
    }

    #[test]
    fn a_program_that_hangs_is_killed_with_its_children() {
        let (place, _tools) = tools(&[("tool", "sleep 60 & echo $! > \"$0.pid\"; wait")]);
        let begun = Instant::now();
        let error = run(
            &place.path().join("tool"),
            &[],
            OsStr::new("/usr/bin:/bin"),
            Duration::from_millis(300),
        )
        .expect_err("too late");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() < Duration::from_secs(10));
        let pid = fs::read_to_string(place.path().join("tool.pid")).expect("started");
        // A killed process is still listed as running until the kernel has taken it down, which on a busy machine
        // takes a moment after the signal. Its own sleep would last a minute.
        let stat = || fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        let ended = |stat: &str| stat.is_empty() || stat.contains(") Z ");
        while !ended(&stat()) && begun.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(ended(&stat()), "its child still runs: {}", stat());
    }

    #[test]
    fn a_tool_finds_programs_where_it_was_found_itself() {
        let (_place, tools) = tools(&[("tool", "[ \"$PATH\" = \"${0%/*}\" ] && echo tool 7.1")]);
        let found = tools.find("tool").expect("there");
        assert_eq!(tools.version(&found).as_deref(), Some("7.1"));
    }

    #[test]
    fn the_users_environment_does_not_reach_a_tool() {
        let (_place, tools) = tools(&[("tool", "echo \"${CARGO_MANIFEST_DIR:-tool 7.1}\"")]);
        assert!(env::var_os("CARGO_MANIFEST_DIR").is_some(), "cargo sets it");
        assert_eq!(
            tools
                .version(&tools.find("tool").expect("there"))
                .as_deref(),
            Some("7.1")
        );
    }
}
