//! Which sandbox works on this machine: found out by running a harmless program in it, once per process. A machine that was
//! too busy says nothing about that and is asked again. It must not know which policy asks.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use perfctl_core::seams::Never;

use super::{CommandSpec, Launcher, RunError, Runner};
use crate::sandbox::{Kind, Policy, Sandbox};

/// Whether one kind of sandbox works here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    /// Which.
    pub kind: Kind,
    /// What it holds, or why it does not work.
    pub works: Result<Sandbox, String>,
}

/// Tries every kind of sandbox, strongest first. `launcher` and `scratch` as for [`Runner::new`]. The answer is
/// remembered for the life of the process, unless the machine was too busy for one.
pub fn availability(launcher: &Launcher, scratch: &std::path::Path) -> Vec<Availability> {
    Kind::ALL
        .map(|kind| Availability {
            kind,
            works: works(kind, launcher, scratch),
        })
        .into()
}

/// What is known: by launcher and kind.
type Known = BTreeMap<(PathBuf, Kind), Result<Sandbox, String>>;

static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());

/// How often a sandbox is tried that was not found out about.
const ATTEMPTS: usize = 2;

/// What came of trying.
enum Attempt {
    /// It works, or it does not and never will.
    Known(Result<Sandbox, String>),
    /// It could not be found out; carries why.
    Open(String),
}

/// Whether `kind` works, and what it holds.
pub(super) fn works(
    kind: Kind,
    launcher: &Launcher,
    scratch: &std::path::Path,
) -> Result<Sandbox, String> {
    let key = (launcher.program.clone(), kind);
    // Held while trying: of many steps that start at once, one tries.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    find_out(&mut known, key, || attempt(kind, launcher, scratch))
}

fn find_out(
    known: &mut Known,
    key: (PathBuf, Kind),
    mut attempt: impl FnMut() -> Attempt,
) -> Result<Sandbox, String> {
    if let Some(known) = known.get(&key) {
        return known.clone();
    }
    let mut reason = String::new();
    for _ in 0..ATTEMPTS {
        match attempt() {
            Attempt::Known(works) => {
                known.insert(key, works.clone());
                return works;
            }
            Attempt::Open(why) => reason = why,
        }
    }
    Err(reason)
}

fn attempt(kind: Kind, launcher: &Launcher, scratch: &std::path::Path) -> Attempt {
    let spec = CommandSpec {
        timeout: Duration::from_secs(10),
        ..CommandSpec::new(scratch, ["true"])
    };
    let runner = Runner::new(Policy::Exactly(kind), scratch, launcher.clone());
    let outcome = match runner.run_in(Some(kind), &spec, &Never) {
        Ok(outcome) => outcome,
        // No process or descriptor was left; a program that is not there, or not for this user, stays so.
        Err(RunError::System { program, source })
            if !matches!(
                source.kind(),
                ErrorKind::NotFound | ErrorKind::PermissionDenied
            ) =>
        {
            let program = program.display();
            return Attempt::Open(format!("{}: running `{program}`: {source}", kind.word()));
        }
        Err(error) => return Attempt::Known(Err(error.to_string())),
    };
    tracing::debug!(
        kind = kind.word(),
        exit = outcome.exit_code,
        timed_out = outcome.timed_out,
        "sandbox tried"
    );
    if outcome.timed_out {
        return Attempt::Open(format!(
            "{}: a program that does nothing did not end in it in ten seconds",
            kind.word()
        ));
    }
    if outcome.exit_code == Some(0) {
        return Attempt::Known(Ok(outcome.sandbox));
    }
    let said = String::from_utf8_lossy(&outcome.stderr).trim().to_owned();
    Attempt::Known(Err(format!(
        "{}: a program that does nothing failed in it: {said}",
        kind.word()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is answered when these are what comes of trying, one after the other, and how many of them were tried.
    fn ask(known: &mut Known, attempts: Vec<Attempt>) -> (Result<Sandbox, String>, usize) {
        let all = attempts.len();
        let mut attempts = attempts.into_iter();
        let key = (PathBuf::from("/launcher"), Kind::Bubblewrap);
        let answer = find_out(known, key, || attempts.next().expect("no more are needed"));
        (answer, all - attempts.len())
    }

    #[test]
    fn a_machine_that_was_too_busy_is_asked_again_and_not_remembered() {
        let busy = || Attempt::Open("busy".to_owned());
        let held = Sandbox::Bubblewrap { network: false };
        let works = || Attempt::Known(Ok(Sandbox::Bubblewrap { network: false }));
        let mut known = Known::new();
        assert_eq!(
            ask(&mut known, vec![busy(), busy(), works()]),
            (Err("busy".to_owned()), 2)
        );
        assert_eq!(
            ask(&mut known, vec![busy(), works()]),
            (Ok(held.clone()), 2)
        );
        assert_eq!(ask(&mut known, vec![busy()]), (Ok(held), 0));
    }

    #[test]
    fn a_sandbox_that_does_not_work_is_tried_once() {
        let broken = || Attempt::Known(Err("broken".to_owned()));
        let mut known = Known::new();
        for tried in [1, 0] {
            let answer = (Err("broken".to_owned()), tried);
            assert_eq!(ask(&mut known, vec![broken()]), answer);
        }
    }
}
