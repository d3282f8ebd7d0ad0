//! The threads of a scan: their stacks, and how work is shared among them.
//!
//! Parsers recurse as deep as the guard lets sources nest, so a thread's stack and the guard's limits go together: where no deep
//! stack can be had, less deep sources are parsed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use perfctl_core::seams::Stop;

/// Stack of a thread that parses, in bytes. This is address space, not memory.
pub const STACK: usize = 1 << 30;

/// Stacks that are tried one after the other, in bytes.
const STACKS: [usize; 4] = [STACK, 256 << 20, 64 << 20, 16 << 20];

/// What the calling thread is trusted to have left of its stack, in bytes. Threads have at least 2 MiB unless asked otherwise.
const OWN: usize = 1 << 20;

/// How many threads share the work and how deep their stacks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Threads {
    count: usize,
    /// `None` where no thread can be started: then the calling one does the work.
    stack: Option<usize>,
}

impl Threads {
    /// At most `count` threads with the deepest stacks that can be had.
    pub(crate) fn new(count: usize) -> Self {
        let threads = Self::of(count, |stack| {
            let thread = std::thread::Builder::new().stack_size(stack);
            thread.spawn(|| ()).is_ok_and(|it| it.join().is_ok())
        });
        if threads.stack != Some(STACK) {
            tracing::warn!(
                stack = threads.stack(),
                "no thread with a deep stack could be started; deeply nested sources are refused"
            );
        }
        threads
    }

    fn of(count: usize, can_start: impl Fn(usize) -> bool) -> Self {
        Self {
            count,
            // A quarter more, for what the scan itself takes until the threads are started.
            stack: STACKS
                .into_iter()
                .find(|stack| can_start(stack + stack / 4)),
        }
    }

    /// The stack that work may use, in bytes.
    pub(crate) fn stack(self) -> usize {
        self.stack.unwrap_or(OWN)
    }

    /// Runs `work` for every number below `count`, and tells it what stack it has; each thread has a state of its own. Where threads
    /// cannot be started any more, there are less deep ones from then on.
    pub(crate) fn run<W, R: Send>(
        &mut self,
        count: usize,
        stop: &dyn Stop,
        make: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, usize, usize) -> Option<R> + Sync,
    ) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let all = Mutex::new(Vec::new());
        let share = |stack: usize| {
            let mut state = make();
            let mut mine = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= count || stop.requested() {
                    break;
                }
                mine.extend(work(&mut state, at, stack));
            }
            all.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .append(&mut mine);
        };
        let started = |stack: usize| {
            std::thread::scope(|scope| {
                let start = |_: &usize| {
                    let thread = std::thread::Builder::new().stack_size(stack);
                    thread.spawn_scoped(scope, || share(stack)).is_ok()
                };
                // A thread that cannot be had leaves its share to the others.
                let wanted = 0..self.count.clamp(1, count.max(1));
                wanted.filter(start).count() > 0
            })
        };
        let smaller = |than: usize| STACKS.into_iter().find(|stack| *stack < than);
        let mut stack = self.stack;
        while let Some(tried) = stack
            && !started(tried)
        {
            stack = smaller(tried);
        }
        if stack.is_none() {
            share(OWN);
        }
        self.stack = stack;
        all.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use perfctl_core::seams::Never;

    use super::*;
    use crate::lower::Language;
    use crate::lower::guard::{Limits, Refusal};

    #[test]
    fn smaller_stacks_are_tried_and_at_last_the_calling_thread() {
        let of = |most: usize| Threads::of(4, |stack| stack <= most);
        assert_eq!(of(usize::MAX).stack(), STACK);
        assert_eq!(of(400 << 20).stack(), 256 << 20);
        assert_eq!(of(256 << 20).stack(), 64 << 20);
        assert_eq!(of(20 << 20).stack(), 16 << 20);
        assert_eq!(of(0).stack, None);
        let here = || std::thread::current().id();
        let done = of(0).run(2, &Never, || (), |(), at, stack| Some((at, here(), stack)));
        assert_eq!(done, [(0, here(), OWN), (1, here(), OWN)]);
    }

    #[test]
    fn work_that_no_thread_takes_is_done_with_a_smaller_stack() {
        let mut threads = Threads {
            count: 2,
            stack: Some(usize::MAX / 2),
        };
        let mut done = threads.run(3, &Never, || (), |(), at, stack| Some((at, stack)));
        done.sort_unstable();
        assert_eq!(done.len(), 3);
        assert!(done.iter().all(|(_, stack)| *stack == threads.stack()));
        assert!(threads.stack() <= STACK);
    }

    #[test]
    fn a_smaller_stack_goes_with_lower_limits() {
        assert_eq!(Limits::on_stack(STACK), Limits::default());
        let nested = format!("x = {}{}\n", "[".repeat(300), "]".repeat(300));
        for (stack, fits) in [(STACK, true), (64 << 20, true), (OWN, false)] {
            let checked = Limits::on_stack(stack).check(nested.as_bytes(), Language::Python);
            assert_eq!(checked.is_ok(), fits, "{stack}");
        }
        let chain = format!("x = {}1\n", "-".repeat(10_000));
        let checked = Limits::on_stack(64 << 20).check(chain.as_bytes(), Language::Python);
        assert!(matches!(checked, Err(Refusal::TooLong { .. })));
    }
}
