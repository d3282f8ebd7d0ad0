//! Ctrl-C: the first asks to stop and leave what there is, the second ends the program at once, or once files are whole.

use std::sync::atomic::{AtomicUsize, Ordering};

use perfctl_core::seams::Stop;

static ASKED: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicUsize = AtomicUsize::new(0);

/// Whether the user pressed Ctrl-C.
pub(crate) struct Interrupt;

impl Interrupt {
    /// Starts listening. Without it (a second listener, no signals) the program just ends on Ctrl-C.
    pub(crate) fn listen() -> Self {
        let listening = ctrlc::set_handler(|| {
            let is_first = ASKED.fetch_add(1, Ordering::SeqCst) == 0;
            if !is_first && HELD.load(Ordering::SeqCst) == 0 {
                std::process::exit(130);
            }
        });
        if let Err(error) = listening {
            tracing::debug!(%error, "Ctrl-C will end the program at once");
        }
        Interrupt
    }

    /// Until the answer is dropped the program is not ended: something is going on that would be half-done. Whoever does it asks
    /// often enough whether to stop.
    pub(crate) fn held(&self) -> Held {
        HELD.fetch_add(1, Ordering::SeqCst);
        Held
    }
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
