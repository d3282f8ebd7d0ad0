//! Waiting for a host, no longer than the caller and the user want. What a host may hold up goes on a thread of its own, and is left behind
//! there: the clock would not be asked while a read is waited for.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use perfctl_core::seams::Stop;

/// How often the user's wish to stop is asked for.
const BEAT: Duration = Duration::from_millis(50);

/// How much of a body is read at once, in bytes.
const PIECE: usize = 64 << 10;

/// Why something was not waited for, or not read.
#[derive(Debug)]
pub enum Unread {
    /// The user asked to stop.
    Stopped,
    /// The time for all of it is over.
    Slow {
        /// How long that was.
        limit: Duration,
        /// What had come of what was read last, in bytes.
        had: usize,
    },
    /// It is more than is taken.
    TooLarge,
    /// It broke off.
    Broken(io::Error),
}

/// The time for all that is asked of a host. It begins when this is made.
pub struct Waiting<'s> {
    begun: Instant,
    limit: Duration,
    stop: &'s dyn Stop,
}

impl<'s> Waiting<'s> {
    /// For as long as `limit`, and as `stop` does not say otherwise.
    pub fn new(limit: Duration, stop: &'s dyn Stop) -> Self {
        Self {
            begun: Instant::now(),
            limit,
            stop,
        }
    }

    /// What `work` comes to. Nothing is begun when the time is over.
    ///
    /// # Errors
    /// [`Unread::Stopped`] and [`Unread::Slow`]. The work goes on then until it ends by itself or with the process, so it must write nothing.
    pub fn wait<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Unread> {
        self.wait_counting(&AtomicUsize::new(0), work)
    }

    /// The bytes of a body that has at most `most` of them.
    ///
    /// # Errors
    /// [`Unread`].
    pub fn body(&self, body: impl Read + Send + 'static, most: u64) -> Result<Vec<u8>, Unread> {
        let had = Arc::new(AtomicUsize::new(0));
        let count = had.clone();
        let read = self.wait_counting(&had, move || {
            let mut rest = body.take(most + 1);
            let (mut bytes, mut piece) = (Vec::new(), vec![0; PIECE]);
            loop {
                match rest.read(&mut piece) {
                    Ok(0) => return Ok(bytes),
                    Ok(read) => bytes.extend_from_slice(&piece[..read]),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
                count.store(bytes.len(), Ordering::Relaxed);
            }
        });
        let bytes = read?.map_err(Unread::Broken)?;
        match bytes.len() as u64 > most {
            true => Err(Unread::TooLarge),
            false => Ok(bytes),
        }
    }

    fn wait_counting<T: Send + 'static>(
        &self,
        had: &AtomicUsize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Unread> {
        self.may_go_on(had)?;
        let (sender, receiver) = channel();
        let working = std::thread::spawn(move || {
            // Nobody listens any more where it was left behind.
            let _ = sender.send(work());
        });
        loop {
            let rest = self.limit.saturating_sub(self.begun.elapsed());
            match receiver.recv_timeout(BEAT.min(rest)) {
                Ok(done) => return Ok(done),
                Err(RecvTimeoutError::Timeout) => self.may_go_on(had)?,
                // It panicked, and so does who waits for it.
                Err(RecvTimeoutError::Disconnected) => match working.join() {
                    Err(panic) => std::panic::resume_unwind(panic),
                    Ok(()) => return Err(Unread::Stopped),
                },
            }
        }
    }

    fn may_go_on(&self, had: &AtomicUsize) -> Result<(), Unread> {
        let (limit, had) = (self.limit, had.load(Ordering::Relaxed));
        match self.begun.elapsed() >= limit {
            _ if self.stop.requested() => Err(Unread::Stopped),
            true => Err(Unread::Slow { limit, had }),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use perfctl_core::seams::Never;

    use super::*;

    /// Says something once, and then nothing for very long.
    struct Stalls(bool);

    impl Read for Stalls {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                std::thread::sleep(Duration::from_secs(60));
            }
            into[..3].copy_from_slice(b"abc");
            Ok(3)
        }
    }

    struct Always;

    impl Stop for Always {
        fn requested(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_read_that_hangs_is_left_when_the_time_is_over() {
        let begun = Instant::now();
        let waiting = Waiting::new(Duration::from_millis(300), &Never);
        let slow = waiting.body(Stalls(false), 100);
        assert!(matches!(slow, Err(Unread::Slow { had: 3, .. })), "{slow:?}");
        assert!(begun.elapsed() < Duration::from_secs(20));
        // What is asked afterwards is not even begun.
        let late = waiting.wait(|| panic!("it began"));
        let late: Result<(), Unread> = late;
        assert!(matches!(late, Err(Unread::Slow { had: 0, .. })), "{late:?}");
    }

    #[test]
    fn a_body_has_its_most_and_whoever_stops_does_not_wait() {
        let waiting = Waiting::new(Duration::from_secs(60), &Never);
        let body = |most| waiting.body(&b"plugin"[..], most);
        assert_eq!(body(6).expect("all of it"), b"plugin");
        assert!(matches!(body(5), Err(Unread::TooLarge)));
        let stopped = Waiting::new(Duration::from_secs(60), &Always).wait(|| ());
        assert!(matches!(stopped, Err(Unread::Stopped)));
    }
}
