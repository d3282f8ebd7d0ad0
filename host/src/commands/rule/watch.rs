//! `--watch` of `perfctl rule test` and `perfctl plugin test`: the cases once more after every change, with the component built before them.

mod files;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use perfctl_core::seams::Stop;

use self::files::Files;
use super::Form;
use super::shown_case::from;
use crate::commands::plugin::rebuild;
use crate::error::{Answer, CommandError, Exit};
use crate::plugins::is_compiled;
use crate::ui::Ui;

/// How often files are looked at, and how long they have to stay as they are: editors write in several steps.
const PAUSE: Duration = Duration::from_millis(100);

/// Refuses a document that never ends, before anything else is looked at.
pub(crate) fn check(form: Form) -> Result<(), CommandError> {
    match form {
        Form::Human => Ok(()),
        Form::Json => Err(CommandError::usage(
            "`--watch` goes on, and a document of JSON has an end",
        )
        .hint("leave out `--watch`, or `--format json`")),
    }
}

/// Tests now and after each change, until Ctrl-C. `once` runs the cases; what is wrong there is told, to be mended while it goes on.
pub(crate) fn run(
    packs: &BTreeSet<PathBuf>,
    here: &Path,
    ui: &Ui,
    stop: &dyn Stop,
    once: impl Fn() -> Answer,
) -> Answer {
    let mut seen = Files::below(packs);
    let stale = |pack: &&PathBuf| is_compiled(pack) && seen.is_stale(pack);
    let mut due: BTreeSet<PathBuf> = packs.iter().filter(stale).cloned().collect();
    loop {
        let tested = build(&mut due, here, ui).and_then(|()| once());
        if stop.requested() {
            return Ok(Exit::Interrupted);
        }
        if let Err(error) = tested {
            ui.failure(&error);
        }
        let files = match seen.count() {
            1 => "1 file".to_owned(),
            some => format!("{some} files"),
        };
        ui.say(&format!("watching {files}; Ctrl-C ends"));
        let Some(now) = changed(&seen, packs, stop) else {
            return Ok(Exit::Interrupted);
        };
        let changes = now.since(&seen);
        ui.clear();
        ui.say(&changes.shown(|path| from(here, path)));
        let is_due = |pack: &&PathBuf| is_compiled(pack) && changes.ask_for_a_build(pack);
        due.extend(packs.iter().filter(is_due).cloned());
        seen = now;
    }
}

/// Builds the components of these packs. Those that cannot be built stay due, whatever changes next: the older ones say nothing any more.
fn build(due: &mut BTreeSet<PathBuf>, here: &Path, ui: &Ui) -> Result<(), CommandError> {
    while let Some(pack) = due.first() {
        rebuild(Path::new(&from(here, pack)), ui)?;
        due.pop_first();
    }
    Ok(())
}

/// The files once they differ from those that were seen and have come to rest; `None` when the user ended it.
fn changed(seen: &Files, packs: &BTreeSet<PathBuf>, stop: &dyn Stop) -> Option<Files> {
    let mut before = None;
    loop {
        let begun = Instant::now();
        let now = Files::below(packs);
        // A change that was taken back, or an editor's own file that is gone again, is none.
        if now != *seen && before.as_ref() == Some(&now) {
            return Some(now);
        }
        before = Some(now);
        // Large packs are looked at more seldom: at most a tenth of the time goes into it.
        let pause = PAUSE.max(begun.elapsed() * 9);
        let until = Instant::now() + pause;
        while Instant::now() < until {
            if stop.requested() {
                return None;
            }
            std::thread::sleep(PAUSE.min(until.saturating_duration_since(Instant::now())));
        }
    }
}
