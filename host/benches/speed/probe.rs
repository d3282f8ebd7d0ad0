//! One run of one program: how long it took and how much memory it held.
//!
//! The system tells the processor time and the peak memory of ended children together, so every run is measured by a process of its
//! own, which has one child: this bench, started with [`MEASURE`].

use std::ffi::OsString;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use serde::{Deserialize, Serialize};

use crate::scan;

/// First argument of a process that measures the rest of its arguments.
const MEASURE: &str = "--measure";

/// First argument of a process that parses the Python files of a directory with ruff's parser.
pub(crate) const PARSE: &str = "--parse-only";

/// What one run took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Milliseconds on the clock.
    pub(crate) wall: f64,
    /// Milliseconds of processor time, of the program and of the system for it, on all cores.
    pub(crate) cpu: f64,
    /// Most memory held at once, in MiB; of the largest process when there are several.
    pub(crate) peak: f64,
    /// The exit code.
    pub(crate) code: i32,
}

/// Acts as a child of the bench, if that is what the arguments ask for.
pub(crate) fn serve() -> Option<ExitCode> {
    let mut args = std::env::args_os().skip(1);
    let first = args.next()?;
    let rest: Vec<OsString> = args.collect();
    if first == PARSE {
        scan::parse_all(rest.first()?.as_ref());
        return Some(ExitCode::SUCCESS);
    }
    if first != MEASURE {
        return None;
    }
    match measure(&rest) {
        Ok(run) => {
            crate::table::say(&serde_json::to_string(&run).unwrap_or_default());
            Some(ExitCode::SUCCESS)
        }
        Err(message) => {
            crate::table::say(&message);
            Some(ExitCode::FAILURE)
        }
    }
}

fn measure(command: &[OsString]) -> Result<Run, String> {
    let (program, args) = command.split_first().ok_or("nothing to measure")?;
    let start = Instant::now();
    let status = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let wall = start.elapsed().as_secs_f64() * 1e3;
    let usage: Usage =
        getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| format!("no usage: {error}"))?;
    Ok(Run {
        wall,
        cpu: (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64
            / 1e3,
        peak: usage.max_rss() as f64 / 1024.0,
        code: status.code().unwrap_or(-1),
    })
}

/// A program with its arguments and how it must end.
pub(crate) struct Subject {
    /// What the table calls it.
    pub(crate) name: String,
    pub(crate) command: Vec<OsString>,
    /// Variables that only it gets.
    pub(crate) variables: Vec<(&'static str, OsString)>,
    /// Exit codes of a run that did its work.
    pub(crate) fine: &'static [i32],
}

impl Subject {
    /// `name` is the program `command`, which exits with 0, or with 1 when it found something.
    pub(crate) fn new<I, T>(name: &str, command: I) -> Self
    where
        I: IntoIterator<Item = T>,
        T: Into<OsString>,
    {
        Self {
            name: name.to_owned(),
            command: command.into_iter().map(Into::into).collect(),
            variables: Vec::new(),
            fine: &[0, 1],
        }
    }

    fn once(&self) -> Result<Run, String> {
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new(own)
            .arg(MEASURE)
            .args(&self.command)
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .output()
            .map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout);
        let run: Run = serde_json::from_str(text.trim())
            .map_err(|_| format!("{}: {}", self.name, text.trim()))?;
        if !self.fine.contains(&run.code) {
            return Err(format!("{} ended with exit code {}", self.name, run.code));
        }
        Ok(run)
    }
}

/// Median runs of `subjects`, which take turns `rounds` times after one turn that only fills the caches of the system.
pub(crate) fn in_turns(subjects: &[Subject], rounds: usize) -> Result<Vec<Run>, String> {
    let mut runs: Vec<Vec<Run>> = vec![Vec::new(); subjects.len()];
    for round in 0..=rounds.max(1) {
        for (subject, runs) in subjects.iter().zip(&mut runs) {
            let run = subject.once()?;
            if round > 0 {
                runs.push(run);
            }
        }
    }
    Ok(runs.iter().map(|runs| median(runs)).collect())
}

fn median(runs: &[Run]) -> Run {
    let middle = |of: fn(&Run) -> f64| {
        let mut all: Vec<f64> = runs.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Run {
        wall: middle(|run| run.wall),
        cpu: middle(|run| run.cpu),
        peak: middle(|run| run.peak),
        code: runs[0].code,
    }
}

/// Whether `program` can be started.
pub(crate) fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Tells `each` the regular files below `dir`, repository metadata left out.
pub(crate) fn files_below(dir: &std::path::Path, each: &mut dyn FnMut(std::path::PathBuf)) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && entry.file_name() != ".git" => {
                files_below(&entry.path(), each);
            }
            Ok(kind) if kind.is_file() => each(entry.path()),
            _ => {}
        }
    }
}
