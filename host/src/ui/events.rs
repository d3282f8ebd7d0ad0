//! Events of a run as lines and progress on standard error.

use std::sync::Mutex;

use perfctl_core::event::Event;
use perfctl_core::run::StepStatus;
use perfctl_core::seams::Sink;

use super::Ui;
use super::progress::Progress;

/// The one thing that is waited for outside of a run.
const BUSY: &str = "busy";

/// Shows events: live progress on a terminal, one line per ended step elsewhere.
pub(crate) struct Screen<'u> {
    ui: &'u Ui,
    progress: Mutex<Progress>,
}

impl<'u> Screen<'u> {
    /// A screen for one run.
    pub(crate) fn new(ui: &'u Ui) -> Self {
        Self {
            ui,
            progress: Mutex::new(Progress::new(ui.draws())),
        }
    }

    /// Says what is being waited for, until [`Screen::idle`].
    pub(crate) fn busy(&self, title: &str) {
        if let Ok(mut progress) = self.progress.lock() {
            progress.start(BUSY, &perfctl_report::neutral_block(title));
        }
    }

    /// Nothing is being waited for.
    pub(crate) fn idle(&self) {
        if let Ok(mut progress) = self.progress.lock() {
            progress.done(BUSY);
        }
    }

    /// A clone is whole.
    pub(crate) fn cloned(&self) {
        if let Ok(mut progress) = self.progress.lock() {
            progress.done("clone");
        }
    }

    /// Takes the progress off the screen, before a result is printed.
    pub(crate) fn clear(&self) {
        if let Ok(progress) = self.progress.lock() {
            progress.clear();
        }
    }
}

impl Sink for Screen<'_> {
    fn event(&self, event: Event) {
        let Ok(mut progress) = self.progress.lock() else {
            return;
        };
        let say = |progress: &Progress, text: String| {
            if !self.ui.is_quiet() {
                progress.above(&perfctl_report::neutral_block(&text));
            }
        };
        match event {
            // Said before anything has come: a host may take its time, or never answer.
            Event::CloneStarted { from } => say(&progress, format!("cloning {from}")),
            Event::CloneProgress { received, total } => {
                progress.count("clone", "cloning", received, total)
            }
            Event::RepositoryReady { name, commit } => {
                progress.done("clone");
                let commit = commit.map_or(String::new(), |commit| {
                    format!(" at {}", &commit[..commit.len().min(12)])
                });
                say(&progress, format!("auditing {name}{commit}"));
            }
            Event::StepStarted { step, title } => progress.start(step.as_str(), &title),
            Event::StepProgress { step, done, total } => {
                progress.count(step.as_str(), "", done, total)
            }
            Event::StepEnded {
                step,
                status,
                took,
                last_lines,
            } => {
                progress.done(step.as_str());
                let reason = match status.reason() {
                    "" => String::new(),
                    reason => format!(": {reason}"),
                };
                if !matches!(status, StepStatus::Skipped(_)) {
                    say(
                        &progress,
                        format!(
                            "  {:<14} {step} ({:.1} s){reason}",
                            status.word(),
                            took.as_secs_f64()
                        ),
                    );
                    // One line stands in the reason already.
                    for line in last_lines.iter().filter(|_| last_lines.len() > 1) {
                        say(&progress, format!("    | {line}"));
                    }
                }
            }
            Event::Note(text) => say(&progress, format!("note: {text}")),
            Event::Trouble(problem) => {
                tracing::debug!(subject = %problem.subject, message = %problem.message, "trouble");
            }
            _ => {}
        }
    }
}
