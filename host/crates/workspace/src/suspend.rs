//! Ctrl-Z: what perfctl has started stops with it and goes on with it. Commands run in sessions of their own, so that the terminal's word
//! does not reach them: they would go on, and use the machine, while their audit stands still.
//!
//! It must not know what they are, or who waits for them.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal as Word, raise};
use rustix::process::{Pid, Signal, kill_process};

use crate::command::living;

/// How often processes are looked for that were started meanwhile.
const ROUNDS: usize = 16;

/// A pause between two looks that no loop makes by itself: the process was stopped in between.
const PAUSE: Duration = Duration::from_secs(1);

/// Takes Ctrl-Z from now on. It is called once, before other threads are there, which do not hear it then. Who becomes another program, or starts
/// one that talks to the terminal, calls [`unlisten`] before.
pub fn listen() {
    let word = word();
    // Where signals cannot be held back, Ctrl-Z stops perfctl alone, as ever.
    if word.thread_block().is_ok() {
        let listening = thread::Builder::new().name("suspend".to_owned());
        let listening =
            listening.spawn(move || while word.wait().is_ok() && suspend(&word).is_ok() {});
        if let Err(error) = listening {
            tracing::debug!(%error, "Ctrl-Z will be heard by nobody");
        }
    }
}

/// Gives Ctrl-Z back to what this process becomes: a program inherits what is held back.
pub fn unlisten() {
    let _ = word().thread_unblock();
}

fn word() -> SigSet {
    let mut word = SigSet::empty();
    word.add(Word::SIGTSTP);
    word
}

/// Stops every descendant and then this process, as its parent expects of it; and lets them go on once it does.
fn suspend(word: &SigSet) -> nix::Result<()> {
    let stopped = stop_all();
    word.thread_unblock()?;
    // Here it stops. A process that no shell waits for does not, and its children go on at once.
    let raised = raise(Word::SIGTSTP);
    word.thread_block()?;
    for pid in stopped {
        let _ = kill_process(pid, Signal::CONT);
    }
    raised
}

/// Stops every process below this one, also those that are made meanwhile. With a signal that none can refuse: one of a session of its own
/// would not stop at the terminal's.
fn stop_all() -> Vec<Pid> {
    let mut seen = BTreeSet::new();
    let mut stopped = Vec::new();
    for _ in 0..ROUNDS {
        let new = living().into_iter();
        let new: Vec<Pid> = new
            .filter(|pid| seen.insert(pid.as_raw_nonzero()))
            .collect();
        if new.is_empty() {
            break;
        }
        for pid in new {
            if kill_process(pid, Signal::STOP).is_ok() {
                stopped.push(pid);
            }
        }
    }
    stopped
}

/// The time that something takes, without the pauses in which this process was stopped. It has to be looked at often.
#[derive(Debug)]
pub(crate) struct Awake {
    begun: Instant,
    looked: Instant,
    paused: Duration,
}

impl Awake {
    /// Begins now.
    pub(crate) fn begin() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            looked: now,
            paused: Duration::ZERO,
        }
    }

    /// Looks at the clock; answers how long a pause there has just been, if any.
    pub(crate) fn look(&mut self) -> Option<Duration> {
        self.look_at(Instant::now())
    }

    fn look_at(&mut self, now: Instant) -> Option<Duration> {
        let since = now.saturating_duration_since(self.looked);
        self.looked = now;
        let pause = (since >= PAUSE).then_some(since)?;
        self.paused += pause;
        Some(pause)
    }

    /// The time from the beginning to the last look, without pauses.
    pub(crate) fn elapsed(&self) -> Duration {
        (self.looked - self.begun).saturating_sub(self.paused)
    }

    /// The sum of all pauses.
    pub(crate) fn paused(&self) -> Duration {
        self.paused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_does_not_count_and_everything_else_does() {
        let mut time = Awake::begin();
        let mut now = time.begun;
        for _ in 0..20 {
            now += Duration::from_millis(500);
            assert_eq!(time.look_at(now), None);
        }
        now += Duration::from_secs(60);
        assert_eq!(time.look_at(now), Some(Duration::from_secs(60)));
        assert_eq!(time.elapsed(), Duration::from_secs(10));
        assert_eq!(time.paused(), Duration::from_secs(60));
    }
}
