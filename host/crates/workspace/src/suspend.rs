//! Ctrl-Z: what perfctl has started stops with it and goes on with it. Commands run in sessions of their own, so that the terminal's word
//! does not reach them: they would go on, and use the machine, while their audit stands still.
//!
//! It must not know what they are, or who waits for them.

use std::collections::BTreeSet;
use std::io;
use std::process::Child;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal as Word, raise};
use rustix::process::{Pid, Signal, kill_process};

use crate::command::living;

/// How often processes are looked for that were started meanwhile.
const ROUNDS: usize = 16;

/// Takes Ctrl-Z from now on. It is called once, before other threads are there, which do not hear it then. Who becomes another program, or starts
/// one that talks to the terminal, calls [`unlisten`] before.
pub fn listen() {
    let word = word();
    // Where signals cannot be held back, Ctrl-Z stops perfctl alone, as ever.
    if word.thread_block().is_ok() {
        let listening = thread::Builder::new().name("suspend".to_owned());
        settle(&word, listening.spawn(listener));
    }
}

/// Where nobody listens, the word is held back no longer: Ctrl-Z stops perfctl alone.
fn settle<T>(word: &SigSet, listening: io::Result<T>) {
    if let Err(error) = listening {
        tracing::debug!(%error, "Ctrl-Z stops no command");
        let _ = word.thread_unblock();
    }
}

fn listener() {
    let word = word();
    hear(&word, || {
        word.wait()?;
        suspend(&word)
    });
    // One thread that the word reaches is enough for it to stop all.
    loop {
        thread::park();
    }
}

/// Does `next` as long as it goes well, then holds the word back no longer.
fn hear(word: &SigSet, mut next: impl FnMut() -> nix::Result<()>) {
    loop {
        if let Err(error) = next() {
            tracing::debug!(%error, "Ctrl-Z stops no command from now on");
            let _ = word.thread_unblock();
            return;
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

/// Stops what was started and then this process, as its parent expects of it; and lets all go on once it does.
fn suspend(word: &SigSet) -> nix::Result<()> {
    let stopped = stop_all();
    pauses().begin(Instant::now());
    let done = stop_here(word);
    for pid in stopped {
        let _ = kill_process(pid, Signal::CONT);
    }
    pauses().end(Instant::now());
    done
}

/// Stops this process until somebody lets it go on. One that no shell waits for does not stop, and its children go on at once.
fn stop_here(word: &SigSet) -> nix::Result<()> {
    word.thread_unblock()?;
    let raised = raise(Word::SIGTSTP);
    word.thread_block()?;
    raised
}

/// Stops every process below this one but the launchers, also those that are made meanwhile. With a signal that none can refuse: one of a
/// session of its own would not stop at the terminal's.
fn stop_all() -> Vec<Pid> {
    // Until all is stopped, no launcher is made that is not known to be one.
    let spared = launchers();
    let mut seen = BTreeSet::new();
    let mut stopped = Vec::new();
    for _ in 0..ROUNDS {
        let new = living().into_iter();
        let new: Vec<Pid> = new
            .filter(|pid| !spared.contains(&pid.as_raw_nonzero().get()))
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

/// Processes of perfctl's own that wait for the end of a command, or of perfctl. They use nothing meanwhile; and where perfctl dies while it is
/// stopped, nobody else is left to end what it started.
static LAUNCHERS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

fn launchers() -> MutexGuard<'static, BTreeSet<i32>> {
    LAUNCHERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A launcher that Ctrl-Z does not stop, as long as this is there.
#[derive(Debug)]
pub(crate) struct Spared(Option<i32>);

/// Starts a launcher by `spawn`.
pub(crate) fn spare(spawn: impl FnOnce() -> io::Result<Child>) -> io::Result<(Child, Spared)> {
    let mut launchers = launchers();
    let child = spawn()?;
    let pid = i32::try_from(child.id()).ok();
    launchers.extend(pid);
    Ok((child, Spared(pid)))
}

impl Drop for Spared {
    fn drop(&mut self) {
        if let Some(pid) = self.0 {
            launchers().remove(&pid);
        }
    }
}

/// How long commands have been stopped by Ctrl-Z until now.
#[derive(Debug, Default)]
struct Pauses {
    over: Duration,
    /// Since when they are.
    since: Option<Instant>,
}

static PAUSES: Mutex<Pauses> = Mutex::new(Pauses {
    over: Duration::ZERO,
    since: None,
});

fn pauses() -> MutexGuard<'static, Pauses> {
    PAUSES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pauses {
    fn begin(&mut self, now: Instant) {
        self.since = Some(now);
    }

    fn end(&mut self, now: Instant) {
        self.over = self.until(now);
        self.since = None;
    }

    /// The sum of all. The one that goes on counts: others may look at the clock before the commands have been let go.
    fn until(&self, now: Instant) -> Duration {
        let since = self.since;
        self.over + since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
    }
}

/// The time that something takes, without the pauses in which Ctrl-Z had stopped it.
#[derive(Debug)]
pub(crate) struct Awake {
    begun: Instant,
    looked: Instant,
    /// Pauses before the beginning.
    before: Duration,
    paused: Duration,
}

impl Awake {
    /// Begins now.
    pub(crate) fn begin() -> Self {
        let pauses = pauses();
        let now = Instant::now();
        Self::begin_at(now, pauses.until(now))
    }

    fn begin_at(now: Instant, before: Duration) -> Self {
        Self {
            begun: now,
            looked: now,
            before,
            paused: Duration::ZERO,
        }
    }

    /// Looks at the clock; answers how long it has been paused since the last look, if at all.
    pub(crate) fn look(&mut self) -> Option<Duration> {
        let pauses = pauses();
        let now = Instant::now();
        self.look_at(now, pauses.until(now))
    }

    /// `all` are the pauses of this process until `now`.
    fn look_at(&mut self, now: Instant, all: Duration) -> Option<Duration> {
        self.looked = now;
        let paused = all.saturating_sub(self.before);
        let new = paused.saturating_sub(self.paused);
        self.paused = paused;
        (!new.is_zero()).then_some(new)
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
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let for_seconds = Duration::from_secs;
        let mut pauses = Pauses {
            over: for_seconds(7),
            since: None,
        };
        let mut time = Awake::begin_at(start, pauses.until(start));
        // A machine that is busy elsewhere makes gaps, and nobody has stopped anything.
        assert_eq!(time.look_at(after(30), pauses.until(after(30))), None);
        assert_eq!(time.elapsed(), for_seconds(30));
        pauses.begin(after(40));
        // It goes on, and has not said so yet.
        let look = time.look_at(after(100), pauses.until(after(100)));
        assert_eq!(
            (look, time.elapsed()),
            (Some(for_seconds(60)), for_seconds(40))
        );
        pauses.end(after(101));
        let look = time.look_at(after(111), pauses.until(after(111)));
        assert_eq!(
            (look, time.elapsed()),
            (Some(for_seconds(1)), for_seconds(50))
        );
        assert_eq!(time.look_at(after(112), pauses.until(after(112))), None);
        assert_eq!(time.paused(), for_seconds(61));
        assert_eq!(pauses.until(after(200)), for_seconds(68));
    }

    #[test]
    fn where_nobody_listens_the_word_is_not_held_back() {
        let is_held = || {
            let held = SigSet::thread_get_mask().expect("works here");
            held.contains(Word::SIGTSTP)
        };
        let word = word();
        word.thread_block().expect("works here");
        settle(&word, Ok(()));
        assert!(is_held());
        settle::<()>(&word, Err(io::Error::other("no threads are left")));
        assert!(!is_held());
        word.thread_block().expect("works here");
        let mut left = vec![Err(nix::Error::EINVAL), Ok(())];
        hear(&word, || {
            assert!(is_held());
            left.pop().expect("nothing comes after an error")
        });
        assert!(left.is_empty() && !is_held());
    }
}
