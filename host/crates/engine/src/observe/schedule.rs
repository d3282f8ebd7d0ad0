//! Runs jobs that wait for each other, as many at once as allowed. Knows nothing of what a job does.

use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

/// What jobs that ended left, by position. A job may look at those it waited for.
pub(super) struct Ended<T>(Vec<OnceLock<T>>);

impl<T> Ended<T> {
    /// What job `at` left; `None` while it runs or waits.
    pub(super) fn of(&self, at: usize) -> Option<&T> {
        self.0[at].get()
    }
}

struct State {
    started: Vec<bool>,
    ended: Vec<bool>,
    /// A job panicked: nobody starts or waits any more.
    broken: bool,
}

/// Tells the others when its job panics, so that they do not wait for it without end.
struct Alarm<'a> {
    state: &'a Mutex<State>,
    changed: &'a Condvar,
}

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.state).broken = true;
            self.changed.notify_all();
        }
    }
}

/// Runs `work` once for every position of `after`, each after those it lists, on at most `at_once` threads. Ready jobs
/// start in the order of their positions. `after` must hold no circle and no position out of range.
///
/// # Panics
/// When a job panics, after those that run have ended.
pub(super) fn run<T: Send + Sync>(
    after: &[&[usize]],
    at_once: usize,
    work: impl Fn(usize, &Ended<T>) -> T + Sync,
) -> Vec<T> {
    let ended = Ended(after.iter().map(|_| OnceLock::new()).collect());
    let state = Mutex::new(State {
        started: vec![false; after.len()],
        ended: vec![false; after.len()],
        broken: false,
    });
    let changed = Condvar::new();
    let worker = || {
        let mut held = lock(&state);
        loop {
            let waiting = |at: &usize| !held.started[*at];
            if held.broken || !(0..after.len()).any(|at| waiting(&at)) {
                return;
            }
            let ready = (0..after.len())
                .filter(waiting)
                .find(|at| after[*at].iter().all(|before| held.ended[*before]));
            let Some(at) = ready else {
                held = changed.wait(held).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            held.started[at] = true;
            drop(held);
            let alarm = Alarm {
                state: &state,
                changed: &changed,
            };
            let left = work(at, &ended);
            drop(alarm);
            // Set once: `started` gives each position to one thread.
            let _ = ended.0[at].set(left);
            held = lock(&state);
            held.ended[at] = true;
            changed.notify_all();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..at_once.clamp(1, after.len().max(1)) {
            scope.spawn(worker);
        }
    });
    ended
        .0
        .into_iter()
        .map(|left| {
            left.into_inner()
                .expect("without a circle every job was started and ended")
        })
        .collect()
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn ready_jobs_really_run_at_the_same_time() {
        // Each job waits for the other two: run one by one, this would never end.
        let all = Barrier::new(3);
        let after: [&[usize]; 3] = [&[], &[], &[]];
        let order = run(&after, 3, |at, _| {
            all.wait();
            at
        });
        assert_eq!(order, [0, 1, 2]);
    }

    #[test]
    fn a_panic_comes_out_and_leaves_nobody_waiting() {
        let after: [&[usize]; 3] = [&[], &[0], &[1]];
        let ended = std::panic::catch_unwind(|| {
            run(&after, 3, |at, _| assert!(at != 0, "the first job breaks"))
        });
        assert!(ended.is_err());
    }

    #[test]
    fn never_more_run_at_once_than_allowed() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let after = vec![[].as_slice(); 12];
        run(&after, 2, |_, _| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(2));
            now.fetch_sub(1, Ordering::SeqCst);
        });
        assert!(most.load(Ordering::SeqCst) <= 2);
    }

    proptest! {
        #[test]
        fn every_job_runs_once_after_those_it_waits_for(
            edges in prop::collection::vec(prop::collection::vec(0_usize..20, 0..4), 1..20),
            at_once in 1_usize..5,
        ) {
            let edges: Vec<Vec<usize>> = edges
                .into_iter()
                .enumerate()
                .map(|(at, before)| before.into_iter().filter(|before| *before < at).collect())
                .collect();
            let after: Vec<&[usize]> = edges.iter().map(Vec::as_slice).collect();
            let runs = AtomicUsize::new(0);
            let seen = run(&after, at_once, |at, ended| {
                runs.fetch_add(1, Ordering::SeqCst);
                edges[at].iter().all(|before| ended.of(*before).is_some())
            });
            prop_assert!(seen.iter().all(|in_order| *in_order));
            prop_assert_eq!(runs.load(Ordering::SeqCst), edges.len());
        }
    }
}
