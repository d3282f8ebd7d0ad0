//! From a command to its outcome: checks what is granted, chooses the sandbox, starts the launcher and has it watched.
//! It must not know how the sandbox or the launcher work inside.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use perfctl_core::seams::Stop;

use super::channel;
use super::conduct::{Seen, Watch, watch};
use super::environment::{compose, home, named_files, search_path, temporary};
use super::order::{Confinement, Order, Report, Stage, borrow};
use super::program::{Astray, program_roots};
use super::{CommandSpec, Launcher, Outcome, RunError, locate, probe};
use crate::sandbox::{Kind, Policy, Sandbox, View, bubblewrap_arguments, running_tasks};
use crate::suspend::{self, Spared};

/// The program of the stronger sandbox.
const BUBBLEWRAP: &str = "bwrap";

/// Runs commands under one policy, with one scratch directory that they share: their home and their place for temporary
/// files. Commands that must not see each other's files need runners of their own.
#[derive(Clone, Debug)]
pub struct Runner {
    policy: Policy,
    scratch: PathBuf,
    launcher: Launcher,
    grace: Duration,
}

impl Runner {
    /// A runner. `scratch` is made when it is first needed; it should lie in the run's temporary place.
    pub fn new(policy: Policy, scratch: impl Into<PathBuf>, launcher: Launcher) -> Self {
        Self {
            policy,
            scratch: scratch.into(),
            launcher,
            grace: Duration::from_secs(2),
        }
    }

    /// The same runner with another time between asking a command to end and killing it (2 s unless told, an hour at most).
    #[must_use]
    pub fn with_grace(self, grace: Duration) -> Self {
        let grace = grace.min(Duration::from_secs(3600));
        Self { grace, ..self }
    }

    /// The sandbox that a command without the network would run in, found out now.
    ///
    /// # Errors
    /// [`RunError::NoSandbox`] when the policy asks for one and none works.
    pub fn sandbox(&self) -> Result<Sandbox, RunError> {
        self.choose().map(|(_, sandbox)| sandbox)
    }

    /// Runs `spec` to its end, or until its time is over or `stop` says so; then it and all its children are gone.
    ///
    /// # Errors
    /// [`RunError`] when it could not be run. A program that ran and failed is an [`Outcome`].
    pub fn run(&self, spec: &CommandSpec, stop: &dyn Stop) -> Result<Outcome, RunError> {
        let (kind, fallback) = self.choose()?;
        let mut outcome = self.run_in(kind, spec, stop)?;
        if kind.is_none() {
            outcome.sandbox = fallback;
        }
        Ok(outcome)
    }

    /// The kind that the policy asks for and this machine has.
    fn choose(&self) -> Result<(Option<Kind>, Sandbox), RunError> {
        let kinds: &[Kind] = match &self.policy {
            Policy::Off(reason) => {
                return Ok((
                    None,
                    Sandbox::None {
                        reason: reason.clone(),
                    },
                ));
            }
            Policy::Exactly(kind) => std::slice::from_ref(kind),
            Policy::Best | Policy::Required => &Kind::ALL,
        };
        let mut reasons = Vec::new();
        for kind in kinds {
            match probe::works(*kind, &self.launcher, &self.scratch) {
                Ok(sandbox) => return Ok((Some(*kind), sandbox)),
                Err(reason) => reasons.push(reason),
            }
        }
        let reason = reasons.join("; ");
        match self.policy {
            Policy::Best => Ok((None, Sandbox::None { reason })),
            _ => Err(RunError::NoSandbox { reason }),
        }
    }

    /// Runs `spec` in a sandbox of `kind`, whether or not the policy wants that one.
    pub(super) fn run_in(
        &self,
        kind: Option<Kind>,
        spec: &CommandSpec,
        stop: &dyn Stop,
    ) -> Result<Outcome, RunError> {
        let order = self.order(kind, spec)?;
        let program = order.argv.first().map(PathBuf::from).unwrap_or_default();
        let span = tracing::debug_span!("command", program = %program.display(), sandbox = kind.map_or("none", Kind::word));
        let _entered = span.enter();
        let seen = self
            .start(kind, &order, &spec.root)
            .and_then(|(child, spared, line)| {
                let seen = self.watched(child, line, spec, stop);
                drop(spared);
                seen
            })
            .map_err(|source| RunError::System {
                program: program.clone(),
                source,
            })?;
        conclude(kind, spec, program, seen)
    }

    /// Everything that the launcher needs to know, with every path checked.
    fn order(&self, kind: Option<Kind>, spec: &CommandSpec) -> Result<Order, RunError> {
        let scratch = self.prepare_scratch()?;
        let env = compose(&scratch, &spec.root, spec.network, &spec.env);
        refuse_unspeakable(spec)?;
        let granted = |path: &PathBuf| match path.is_absolute() {
            true => fs::metadata(path).map(|_| path.clone()),
            false => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path is not absolute",
            )),
        };
        let check = |paths: &[PathBuf]| -> Result<Vec<PathBuf>, RunError> {
            let told = |path: &PathBuf| {
                granted(path).map_err(|source| RunError::Granted {
                    path: path.clone(),
                    source,
                })
            };
            paths.iter().map(told).collect()
        };
        let root = fs::canonicalize(&spec.root).map_err(|source| RunError::Granted {
            path: spec.root.clone(),
            source,
        })?;
        let cwd = working_directory(&root, spec.cwd.as_deref())?;
        let program = find_program(
            spec,
            env.get(OsStr::new("PATH")).map(OsString::as_os_str),
            &cwd,
        )?;
        let mut readable = check(&spec.readable)?;
        let mut audited = vec![root.clone(), spec.root.clone()];
        for prepared in &spec.prepared {
            audited.push(prepared.clone());
            audited.extend(fs::canonicalize(prepared));
        }
        match program_roots(&program, &audited) {
            Ok(roots) => readable.extend(roots),
            // Without a sandbox nothing is shown or hidden.
            Err(_) if kind.is_none() => {}
            Err(Astray { link, target }) => return Err(RunError::Astray { link, target }),
        }
        if spec.network {
            readable.extend(named_files(&env));
        }
        readable.push(root);
        let mut writable = check(&spec.writable)?;
        writable.push(scratch);
        let mut view = View {
            readable,
            writable,
            sockets: check(&spec.sockets)?,
            network: spec.network,
        };
        if kind == Some(Kind::Bubblewrap) {
            // The launcher runs again inside, so it must be visible there.
            view.readable.push(self.launcher.program.clone());
        }
        let mut limits = spec.limits;
        limits.processes = limits
            .processes
            .map(|further| further.saturating_add(running_tasks()));
        let mut launcher = vec![self.launcher.program.clone().into_os_string()];
        launcher.extend(self.launcher.arguments.iter().cloned());
        let mut argv = vec![program.into_os_string()];
        argv.extend(spec.argv.iter().skip(1).map(OsString::from));
        Ok(Order {
            stage: Stage::Supervise,
            launcher,
            argv,
            env: env.into_iter().collect(),
            cwd,
            confinement: match kind {
                Some(Kind::Bubblewrap) => Confinement::WithinNamespaces,
                Some(Kind::Landlock) => Confinement::Landlock,
                None => Confinement::Bare,
            },
            view,
            limits,
        })
    }

    fn prepare_scratch(&self) -> Result<PathBuf, RunError> {
        let told = |source| RunError::Scratch {
            path: self.scratch.clone(),
            source,
        };
        fs::create_dir_all(&self.scratch).map_err(told)?;
        let scratch = fs::canonicalize(&self.scratch).map_err(told)?;
        for directory in [home(&scratch), temporary(&scratch)] {
            fs::create_dir_all(directory).map_err(told)?;
        }
        Ok(scratch)
    }

    /// Starts the launcher, under `bwrap` for that kind, and gives it its order.
    fn start(
        &self,
        kind: Option<Kind>,
        order: &Order,
        checkout: &Path,
    ) -> io::Result<(std::process::Child, Spared, UnixStream)> {
        let mut words = Vec::new();
        if kind == Some(Kind::Bubblewrap) {
            let path = search_path(std::env::var_os("PATH").as_deref(), Some(checkout));
            let file = locate(BUBBLEWRAP, &path, Path::new("/")).ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::NotFound,
                    "bubblewrap (bwrap) is not installed",
                )
            })?;
            words.push(file.into_os_string());
            words.extend(bubblewrap_arguments(&order.view));
        }
        words.extend(order.launcher.iter().cloned());
        let (mut ours, theirs) = UnixStream::pair()?;
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C at the terminal goes to perfctl alone, which then ends its commands in order.
            .process_group(0);
        let (child, spared) = suspend::spare(|| command.spawn())?;
        // A launcher that died already is told by its silence; the write then fails with a broken pipe.
        match channel::send(&mut ours, &borrow(&order.fields())) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok((child, spared, ours)),
        }
    }

    fn watched(
        &self,
        mut child: std::process::Child,
        line: UnixStream,
        spec: &CommandSpec,
        stop: &dyn Stop,
    ) -> io::Result<Seen> {
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::Error::other("the pipes of the command are gone"));
        };
        let (timeout, grace, cap) = (spec.timeout, self.grace, spec.output_cap);
        watch(
            Watch {
                child,
                line,
                stdout,
                stderr,
                timeout,
                grace,
                cap,
            },
            stop,
        )
    }
}

/// The outcome, or why there is none.
fn conclude(
    kind: Option<Kind>,
    spec: &CommandSpec,
    program: PathBuf,
    seen: Seen,
) -> Result<Outcome, RunError> {
    let word = kind.map_or("none", Kind::word).to_owned();
    let (stdout, stdout_total) = seen.stdout.finish();
    let (stderr, stderr_total) = seen.stderr.finish();
    match seen.complaint {
        Some(Report::NotStarted(message)) => return Err(RunError::NotStarted { program, message }),
        Some(Report::NotConfined(message)) => {
            return Err(RunError::Sandbox {
                kind: word,
                message,
            });
        }
        _ => {}
    }
    let ended_early = seen.timed_out || seen.interrupted;
    let landlock = match (seen.started, ended_early) {
        (Some(landlock), _) => landlock,
        (None, true) => 0,
        (None, false) => {
            let said = String::from_utf8_lossy(&stderr);
            let message = match said.trim() {
                "" => "the launcher ended without a word".to_owned(),
                said => said.lines().take(3).collect::<Vec<_>>().join(" / "),
            };
            return Err(RunError::Sandbox {
                kind: word,
                message,
            });
        }
    };
    if seen.ended.is_none() && !ended_early {
        let message = "the launcher was killed while the program ran".to_owned();
        return Err(RunError::Sandbox {
            kind: word,
            message,
        });
    }
    let network = spec.network;
    let ended = seen.ended;
    Ok(Outcome {
        stdout,
        stderr,
        stdout_total,
        stderr_total,
        exit_code: ended.and_then(|ended| ended.code).filter(|_| !ended_early),
        signal: ended.and_then(|ended| ended.signal),
        timed_out: seen.timed_out,
        interrupted: seen.interrupted,
        sandbox: match kind {
            Some(Kind::Bubblewrap) => Sandbox::Bubblewrap { network },
            Some(Kind::Landlock) => Sandbox::Landlock {
                abi: landlock,
                network,
            },
            None => Sandbox::None {
                reason: "not asked for".to_owned(),
            },
        },
        duration: ended.map_or(seen.wall, |ended| ended.wall.saturating_sub(seen.paused)),
        cpu_user: ended.map(|ended| ended.usage.user),
        cpu_system: ended.map(|ended| ended.usage.system),
        peak_memory: ended
            .map(|ended| ended.usage.memory)
            .filter(|bytes| *bytes > 0),
        leftovers: ended.map_or(0, |ended| ended.leftovers),
    })
}

/// Strings with a zero byte cannot be arguments, and names with an equals sign cannot be variables.
fn refuse_unspeakable(spec: &CommandSpec) -> Result<(), RunError> {
    let told = |what: &str| {
        Err(RunError::Unspeakable {
            what: what.to_owned(),
        })
    };
    if spec.argv.iter().any(|word| word.contains('\0')) {
        return told("an argument");
    }
    for (name, value) in &spec.env {
        if name.is_empty() || name.contains(['\0', '=']) || value.contains('\0') {
            return told(&format!(
                "the environment variable `{}`",
                name.escape_default()
            ));
        }
    }
    Ok(())
}

/// The directory `cwd` of `root`, which must not lead out of it, not even through a link.
fn working_directory(root: &Path, cwd: Option<&str>) -> Result<PathBuf, RunError> {
    let Some(cwd) = cwd else {
        return Ok(root.to_path_buf());
    };
    let told = |why: String| RunError::WorkingDirectory {
        path: cwd.into(),
        why,
    };
    let real = fs::canonicalize(root.join(cwd))
        .map_err(|error| told(format!("cannot be used: {error}")))?;
    if !real.starts_with(root) {
        return Err(told(format!(
            "lies outside the checkout {}",
            root.display()
        )));
    }
    if !real.is_dir() {
        return Err(told("is a file".to_owned()));
    }
    Ok(real)
}

fn find_program(spec: &CommandSpec, path: Option<&OsStr>, cwd: &Path) -> Result<PathBuf, RunError> {
    let name = spec
        .argv
        .first()
        .filter(|name| !name.is_empty())
        .ok_or(RunError::Empty)?;
    locate(name, path.unwrap_or_default(), cwd).ok_or_else(|| RunError::ProgramNotFound {
        program: name.clone(),
        searched: match name.contains('/') {
            true => format!("no such executable file from {}", cwd.display()),
            false => "not on PATH".to_owned(),
        },
    })
}
