//! A clock that ticks while plugins run, and sleeps otherwise.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The time between two ticks: how much longer than its limit a call may take at most.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Calls a function every [`TICK`] while somebody asks for it, on a thread of its own that ends with it.
pub(crate) struct Ticker {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    tick: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct State {
    /// How many calls run.
    running: usize,
    /// Whether it waits for a call.
    is_asleep: bool,
    /// Whether the thread was started.
    is_started: bool,
    /// Whether the ticker is gone. What still runs is watched to its end.
    is_over: bool,
}

/// As long as it lives the clock ticks.
pub(crate) struct Ticking {
    shared: Arc<Shared>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ticks until the ticker is gone.
    fn run(&self) {
        let mut state = self.state();
        while !state.is_over || state.running > 0 {
            if state.running == 0 {
                state.is_asleep = true;
                state = self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
                state.is_asleep = false;
                continue;
            }
            let waited = self.changed.wait_timeout(state, TICK);
            let (after, wait) = waited.unwrap_or_else(PoisonError::into_inner);
            state = after;
            if wait.timed_out() {
                (self.tick)();
            }
        }
    }
}

impl Ticker {
    pub(crate) fn new(tick: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            shared: Arc::new(Shared {
                state: Mutex::default(),
                changed: Condvar::new(),
                tick: Box::new(tick),
            }),
        }
    }

    /// Ticks until the value that it returns is dropped.
    ///
    /// # Errors
    /// When there can be no thread: what runs without a clock could run for ever.
    pub(crate) fn tick(&self) -> Result<Ticking, std::io::Error> {
        let mut state = self.shared.state();
        if !state.is_started {
            let shared = self.shared.clone();
            std::thread::Builder::new()
                .name("perfctl-clock".to_owned())
                .spawn(move || shared.run())?;
            state.is_started = true;
        }
        state.running += 1;
        // Between two calls it may be waiting for its next tick, and comes to this one by itself.
        if state.is_asleep {
            self.shared.changed.notify_all();
        }
        drop(state);
        Ok(Ticking {
            shared: self.shared.clone(),
        })
    }
}

impl Drop for Ticking {
    fn drop(&mut self) {
        // A ticker that is gone comes to an end with its next tick.
        self.shared.state().running -= 1;
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.state().is_over = true;
        self.shared.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Instant;

    use super::*;

    fn wait_for(what: impl Fn() -> bool) {
        let begun = Instant::now();
        while !what() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it never came");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn it_ticks_while_something_runs_and_sleeps_otherwise() {
        let ticks = Arc::new(AtomicU32::new(0));
        let counted = ticks.clone();
        let ticker = Ticker::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let first = ticker.tick().expect("a thread");
        let second = ticker.tick().expect("a thread");
        drop(first);
        wait_for(|| ticks.load(Ordering::Relaxed) >= 3);
        drop(second);
        // One tick may be under way.
        std::thread::sleep(TICK * 3);
        let so_far = ticks.load(Ordering::Relaxed);
        std::thread::sleep(TICK * 10);
        assert_eq!(ticks.load(Ordering::Relaxed), so_far);
        let _again = ticker.tick().expect("a thread");
        wait_for(|| ticks.load(Ordering::Relaxed) > so_far);
    }

    #[test]
    fn its_thread_ends_with_it() {
        let held = Arc::new(());
        let inner = held.clone();
        let ticker = Ticker::new(move || {
            let _ = &inner;
        });
        drop(ticker.tick().expect("a thread"));
        drop(ticker);
        wait_for(|| Arc::strong_count(&held) == 1);
    }
}
