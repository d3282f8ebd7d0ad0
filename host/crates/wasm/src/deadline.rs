//! When a call has to be over.

use std::cell::Cell;
use std::time::{Duration, Instant};

use perfctl_runtime::clock::processor_time;

/// How much longer than its processor time a call may take on the clock, where other work has the processor.
const PATIENCE: u32 = 20;

/// When a call has to be over. What the clocks say is noted when somebody looks for the first time: most calls are over before the first tick,
/// and asking the system what a thread has used is dearer than they are. A call may take a tick longer for it.
#[derive(Debug)]
pub(crate) struct Deadline {
    time: Duration,
    begun: Cell<Option<(Instant, Duration)>>,
}

impl Deadline {
    /// A deadline so much processor time from now.
    pub(crate) fn from_now(time: Duration) -> Self {
        Self {
            time,
            begun: Cell::new(None),
        }
    }

    /// Whether it has passed.
    pub(crate) fn is_over(&self) -> bool {
        let Some((begun, processor)) = self.begun.get() else {
            self.begun.set(Some((Instant::now(), processor_time())));
            return false;
        };
        let passed = begun.elapsed();
        // No thread uses more than passes, and the clock is quickly asked.
        passed >= self.time
            && (passed >= self.time * PATIENCE
                || processor_time().saturating_sub(processor) >= self.time)
    }
}

/// The call took too long.
#[derive(Debug, thiserror::Error)]
#[error("took longer than its limit")]
pub(crate) struct Late;

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: Duration = Duration::from_millis(20);

    #[test]
    fn who_waits_while_others_work_is_not_late() {
        let deadline = Deadline::from_now(TIME);
        assert!(!deadline.is_over());
        std::thread::sleep(TIME * 3);
        assert!(!deadline.is_over());
    }

    #[test]
    fn who_works_is_late_after_his_own_time() {
        let begun = processor_time();
        let deadline = Deadline::from_now(TIME);
        while !deadline.is_over() {}
        let took = processor_time() - begun;
        assert!(took >= TIME && took < TIME * 2, "{took:?}");
    }

    #[test]
    fn who_waits_for_ever_is_late() {
        let deadline = Deadline::from_now(Duration::from_millis(1));
        assert!(!deadline.is_over());
        std::thread::sleep(Duration::from_millis(1) * PATIENCE);
        assert!(deadline.is_over());
    }
}
