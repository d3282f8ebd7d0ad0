//! Ends scripts that run too long. One thread watches every interpreter of the process.
//!
//! A limit counts the processor time of the thread that runs the script, so that a busy machine makes no rule fail; a thread that
//! gets hardly any is given up all the same. An alarm that is raised stays raised until its interpreter is gone: a script that catches the
//! first interruption meets the next one at its next step.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

/// A script may wait this many times its limit for a processor.
const PATIENCE: u32 = 20;

/// Raised when its interpreter has to stop.
#[derive(Clone, Debug, Default)]
pub struct Alarm(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// The limit has passed on the clock; whether it has for the thread, the thread itself can tell.
    is_due: AtomicBool,
    is_raised: AtomicBool,
    begun: Mutex<Option<Begun>>,
}

#[derive(Clone, Copy, Debug)]
struct Begun {
    spent: Duration,
    at: Instant,
    limit: Duration,
}

/// Processor time of the calling thread.
pub fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

impl Alarm {
    /// Whether the interpreter has to stop. To be asked by the thread that runs it.
    pub fn rings(&self) -> bool {
        if !self.0.is_due.load(Ordering::Relaxed) {
            return false;
        }
        if self.is_raised() {
            return true;
        }
        let begun = *self.0.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let rings = begun.is_none_or(|begun| {
            processor_time().saturating_sub(begun.spent) >= begun.limit
                || begun.at.elapsed() >= begun.limit * PATIENCE
        });
        if rings {
            self.0.is_raised.store(true, Ordering::Relaxed);
        }
        rings
    }

    /// Whether it rang.
    pub fn is_raised(&self) -> bool {
        self.0.is_raised.load(Ordering::Relaxed)
    }
}

/// Deadlines by time, each with a number that keeps equal times apart.
#[derive(Default)]
struct Deadlines {
    pending: Mutex<BTreeMap<(Instant, u64), Weak<State>>>,
    changed: Condvar,
    next: AtomicU64,
}

fn deadlines() -> &'static Deadlines {
    static DEADLINES: OnceLock<&'static Deadlines> = OnceLock::new();
    DEADLINES.get_or_init(|| {
        let deadlines: &'static Deadlines = Box::leak(Box::default());
        let watch = move || deadlines.watch();
        if std::thread::Builder::new()
            .name("lua-watchdog".to_owned())
            .spawn(watch)
            .is_err()
        {
            tracing::error!("no watchdog thread could be started: scripts are not limited in time");
        }
        deadlines
    })
}

impl Deadlines {
    fn watch(&self) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let now = Instant::now();
            while let Some(entry) = pending.first_entry() {
                if entry.key().0 > now {
                    break;
                }
                if let Some(state) = entry.remove().upgrade() {
                    state.is_due.store(true, Ordering::Relaxed);
                }
            }
            pending = match pending.keys().next().copied() {
                None => self
                    .changed
                    .wait(pending)
                    .unwrap_or_else(PoisonError::into_inner),
                Some((at, _)) => {
                    let wait = at.saturating_duration_since(now);
                    self.changed
                        .wait_timeout(pending, wait)
                        .map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard)
                }
            };
        }
    }
}

/// Raises `alarm` once the calling thread has spent `limit` from now on, unless the answer is dropped before.
pub fn watch(alarm: &Alarm, limit: Duration) -> Watch {
    let deadlines = deadlines();
    let at = Instant::now();
    let begun = Begun {
        spent: processor_time(),
        at,
        limit,
    };
    *alarm.0.begun.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    alarm.0.is_due.store(false, Ordering::Relaxed);
    let key = (at + limit, deadlines.next.fetch_add(1, Ordering::Relaxed));
    let mut pending = deadlines
        .pending
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let is_first = pending.keys().next().is_none_or(|first| key < *first);
    pending.insert(key, Arc::downgrade(&alarm.0));
    drop(pending);
    if is_first {
        deadlines.changed.notify_one();
    }
    Watch { key }
}

/// A deadline that has not passed; dropping it calls the watch off.
pub struct Watch {
    key: (Instant, u64),
}

impl Drop for Watch {
    fn drop(&mut self) {
        deadlines()
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_is_raised_after_its_limit_unless_it_was_called_off() {
        let (late, early) = (Alarm::default(), Alarm::default());
        let _watch = watch(&late, Duration::from_millis(20));
        drop(watch(&early, Duration::from_millis(20)));
        assert!(!late.is_raised());
        let start = Instant::now();
        while !late.rings() && start.elapsed() < Duration::from_secs(5) {
            std::hint::spin_loop();
        }
        assert!(late.is_raised() && !early.rings() && !early.is_raised());
    }

    #[test]
    fn time_in_which_the_thread_waits_counts_only_when_it_is_very_long() {
        let alarm = Alarm::default();
        let limit = Duration::from_millis(20);
        let _watch = watch(&alarm, limit);
        std::thread::sleep(limit * 4);
        assert!(!alarm.rings(), "four times the limit, asleep");
        std::thread::sleep(limit * PATIENCE);
        assert!(alarm.rings());
    }
}
