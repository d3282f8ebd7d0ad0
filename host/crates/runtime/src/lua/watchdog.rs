//! Ends scripts that run too long. One thread watches every interpreter of the process.
//!
//! A flag that is raised stays raised until its interpreter is gone: a script that catches the first interruption meets
//! the next one at its next step.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Raised when its interpreter has to stop.
#[derive(Clone, Debug, Default)]
pub struct Alarm(Arc<AtomicBool>);

impl Alarm {
    /// Whether the interpreter has to stop.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Deadlines by time, each with a number that keeps equal times apart.
#[derive(Default)]
struct Deadlines {
    pending: Mutex<BTreeMap<(Instant, u64), Weak<AtomicBool>>>,
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
                if let Some(flag) = entry.remove().upgrade() {
                    flag.store(true, Ordering::Relaxed);
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

/// Raises `alarm` after `limit` unless the answer is dropped before.
pub fn watch(alarm: &Alarm, limit: Duration) -> Watch {
    let deadlines = deadlines();
    let key = (
        Instant::now() + limit,
        deadlines.next.fetch_add(1, Ordering::Relaxed),
    );
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
        while !late.is_raised() && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(late.is_raised() && !early.is_raised());
    }
}
