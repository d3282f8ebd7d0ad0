//! Ctrl-C: the first asks to stop and leave what there is, the second ends the program at once, or once files are whole.

use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use perfctl_core::seams::Stop;

/// How often the user's wish to stop is looked at while something is waited for.
pub(crate) const BEAT: Duration = Duration::from_millis(50);

static LISTENING: Once = Once::new();
static ASKED: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicUsize = AtomicUsize::new(0);

/// Whether the user pressed Ctrl-C.
#[derive(Clone, Copy)]
pub(crate) struct Interrupt;

impl Interrupt {
    /// Starts listening, if nobody does. Without it (no signals) the program just ends on Ctrl-C.
    pub(crate) fn listen() -> Self {
        LISTENING.call_once(|| {
            let listening = ctrlc::set_handler(|| {
                let is_first = ASKED.fetch_add(1, Ordering::SeqCst) == 0;
                if !is_first && HELD.load(Ordering::SeqCst) == 0 {
                    std::process::exit(130);
                }
            });
            if let Err(error) = listening {
                tracing::debug!(%error, "Ctrl-C will end the program at once");
            }
        });
        Interrupt
    }

    /// What `work` comes to; `None` once the user asks to stop, also where it waits for an answer that never comes. It is left
    /// behind then and ends with the program, so it must write nothing.
    pub(crate) fn unless_asked<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = channel();
        let working = std::thread::spawn(move || {
            // Nobody listens any more where it was left behind.
            let _ = sender.send(work());
        });
        loop {
            match receiver.recv_timeout(BEAT) {
                Ok(done) => return Some(done),
                Err(RecvTimeoutError::Timeout) if self.requested() => return None,
                Err(RecvTimeoutError::Timeout) => {}
                // It panicked, and so does who waits for it.
                Err(RecvTimeoutError::Disconnected) => match working.join() {
                    Err(panic) => std::panic::resume_unwind(panic),
                    Ok(()) => return None,
                },
            }
        }
    }

    /// How often the user asked to stop.
    pub(crate) fn times(self) -> usize {
        ASKED.load(Ordering::SeqCst)
    }

    /// Until the answer is dropped the program is not ended: something is going on that would be half-done. Whoever does it asks
    /// often enough whether to stop.
    pub(crate) fn held(&self) -> Held {
        HELD.fetch_add(1, Ordering::SeqCst);
        Held
    }
}

/// The user's wish to stop for what may or may not have to be waited for: it is listened for once somebody waits, so that what never does is ended
/// by Ctrl-C as any program.
#[derive(Clone, Copy)]
pub(crate) struct OnceWaiting;

impl Stop for OnceWaiting {
    fn requested(&self) -> bool {
        Interrupt::listen().requested()
    }
}

/// Whether the user asked to stop, where somebody listened.
pub(crate) fn was_asked() -> bool {
    Interrupt.requested()
}

/// The program is not ended by Ctrl-C.
pub(crate) struct Held;

impl Drop for Held {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Stop for Interrupt {
    fn requested(&self) -> bool {
        ASKED.load(Ordering::SeqCst) > 0
    }
}
