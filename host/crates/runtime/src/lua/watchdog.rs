//! Ends scripts that run too long. One thread watches every interpreter of the process.
//!
//! A limit counts the processor time of the thread that runs the script, so that a busy machine makes no rule fail; a thread that
//! gets hardly any is given up all the same. An alarm that is raised stays raised until its interpreter is gone: a script that catches the
//! first interruption meets the next one at its next step.

use crate::clock::processor_time;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::interrupt::Interrupt;

/// A script may wait this many times its limit for a processor.
const PATIENCE: u32 = 20;

/// How often running interpreters are made to ask whether they have to stop. A script may go on, and take memory, for so long beyond a limit.
const TICK: Duration = Duration::from_millis(4);

/// Raised when its interpreter has to stop.
#[derive(Clone, Debug, Default)]
pub struct Alarm(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// The limit has passed on the clock; whether it has for the thread, the thread itself can tell.
    is_due: AtomicBool,
    is_raised: AtomicBool,
    begun: Mutex<Option<Begun>>,
    interrupt: Interrupt,
}

#[derive(Clone, Copy, Debug)]
struct Begun {
    spent: Duration,
    at: Instant,
    limit: Duration,
}

impl Alarm {
    /// What makes the interpreter ask.
    pub(super) fn interrupt(&self) -> &Interrupt {
        &self.0.interrupt
    }

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

/// The interpreters in which a call runs.
#[derive(Default)]
struct Running {
    calls: Mutex<Calls>,
    begun: Condvar,
}

#[derive(Default)]
struct Calls {
    /// By number. There are as many as threads that judge: looking through them is quick.
    now: Vec<(u64, Weak<State>)>,
    /// How many there were so far.
    so_far: u64,
    /// The watchdog sleeps until the next one begins.
    is_idle: bool,
}

fn running() -> &'static Running {
    static RUNNING: OnceLock<&'static Running> = OnceLock::new();
    RUNNING.get_or_init(|| {
        let running: &'static Running = Box::leak(Box::default());
        let watch = move || running.watch();
        if std::thread::Builder::new()
            .name("lua-watchdog".to_owned())
            .spawn(watch)
            .is_err()
        {
            tracing::error!("no watchdog thread could be started: scripts are not limited in time");
        }
        running
    })
}

impl Running {
    fn watch(&self) {
        let mut calls = self.lock();
        let mut seen = 0;
        loop {
            calls.tick();
            // Calls are short and many: one that is over by now does not mean that none will follow.
            calls.is_idle = calls.now.is_empty() && calls.so_far == seen;
            seen = calls.so_far;
            calls = if calls.is_idle {
                self.begun
                    .wait(calls)
                    .unwrap_or_else(PoisonError::into_inner)
            } else {
                self.begun
                    .wait_timeout(calls, TICK)
                    .map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard)
            };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Calls> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Calls {
    /// Has each interpreter ask at its next step.
    fn tick(&self) {
        for state in self.now.iter().filter_map(|(_, state)| state.upgrade()) {
            let begun = *state.begun.lock().unwrap_or_else(PoisonError::into_inner);
            if begun.is_some_and(|begun| begun.at.elapsed() >= begun.limit) {
                state.is_due.store(true, Ordering::Relaxed);
            }
            state.interrupt.set();
        }
    }
}

/// Raises `alarm` once the calling thread has spent `limit` from now on, unless the answer is dropped before.
pub fn watch(alarm: &Alarm, limit: Duration) -> Watch {
    let running = running();
    let begun = Begun {
        spent: processor_time(),
        at: Instant::now(),
        limit,
    };
    *alarm.0.begun.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    alarm.0.is_due.store(false, Ordering::Relaxed);
    let mut calls = running.lock();
    let number = calls.so_far;
    calls.so_far += 1;
    calls.now.push((number, Arc::downgrade(&alarm.0)));
    let was_idle = std::mem::take(&mut calls.is_idle);
    drop(calls);
    if was_idle {
        running.begun.notify_one();
    }
    Watch { number }
}

/// A call that runs; dropping it calls the watch off.
pub struct Watch {
    number: u64,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let now = &mut running().lock().now;
        now.retain(|(number, _)| *number != self.number);
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
