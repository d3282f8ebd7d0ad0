//! Running a job that may block in the network on a thread of its own, so that Ctrl-C and a silent host never hang perfctl.
//! It must not know what the job is.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use perfctl_core::event::Event;
use perfctl_core::seams::{Sink, Stop};

use super::CheckoutError;

/// How often the user's wish to stop is asked for, and how often progress is told.
const BEAT: Duration = Duration::from_millis(50);

/// How long a job may take to notice that it should end before it is left behind.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long a job is waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// While nothing is heard of it.
    pub(super) silent: Duration,
    /// For all of it, whatever is heard; as long as it takes unless given.
    pub(super) whole: Option<Duration>,
}

/// What comes from the job's thread.
enum Message<T> {
    Progress { received: usize, total: usize },
    Alive,
    Done(T),
}

/// Takes how much of how much is there, or nothing countable.
type Tell = dyn Fn(Option<(usize, usize)>) + Send;

/// The job's side: tells progress and hears whether to go on.
pub(super) struct Telling {
    tell: Box<Tell>,
    ended: Arc<AtomicBool>,
}

impl Telling {
    /// Tells that `received` of `total` are there; says whether to go on.
    pub(super) fn progress(&self, received: usize, total: usize) -> bool {
        (self.tell)(Some((received, total)));
        self.goes_on()
    }

    /// Tells that something, but nothing countable, happened; says whether to go on.
    pub(super) fn alive(&self) -> bool {
        (self.tell)(None);
        self.goes_on()
    }

    /// Tells of files written; of a number not known yet when `all` is 0. Says whether to go on.
    pub(super) fn files(&self, written: usize, all: usize) -> bool {
        match all {
            0 => self.alive(),
            _ => self.progress(written, all),
        }
    }

    fn goes_on(&self) -> bool {
        !self.ended.load(Ordering::Relaxed)
    }
}

/// Why a job was left behind.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// The user asked to stop.
    Interrupted,
    /// Nothing was heard of it for too long.
    Silent,
    /// It was not done in time.
    Slow,
    /// It panicked.
    Lost,
}

impl Left {
    /// The error for the user, about the repository `origin`.
    pub(super) fn explain(self, origin: String, patience: Patience) -> CheckoutError {
        match self {
            Left::Interrupted => CheckoutError::Interrupted,
            Left::Silent => {
                let silent = patience.silent.as_secs();
                let message = format!("nothing was heard of it for {silent} s");
                CheckoutError::Network {
                    url: origin,
                    message,
                }
            }
            Left::Slow => CheckoutError::Slow {
                url: origin,
                limit: patience.whole.unwrap_or_default(),
            },
            Left::Lost => CheckoutError::Git {
                origin,
                message: "the clone broke off".to_owned(),
            },
        }
    }
}

/// Runs `job` until it is done, `stop` says so, or `patience` is at its end. A job that does not notice is left to itself; it then
/// ends with the process at the latest.
pub(super) fn run<T: Send + 'static>(
    job: impl FnOnce(&Telling) -> T + Send + 'static,
    patience: Patience,
    sink: &dyn Sink,
    stop: &dyn Stop,
) -> Result<T, Left> {
    let (sender, receiver) = channel();
    let ended = Arc::new(AtomicBool::new(false));
    let telling = Telling {
        tell: Box::new(teller(sender.clone())),
        ended: ended.clone(),
    };
    thread::spawn(move || {
        let done = job(&telling);
        let _ = sender.send(Message::Done(done));
    });
    let begun = Instant::now();
    let mut heard = begun;
    let mut told = None::<Instant>;
    let mut leave = None::<(Instant, Left)>;
    loop {
        match receiver.recv_timeout(BEAT) {
            Ok(Message::Done(done)) => {
                return match leave {
                    None => Ok(done),
                    Some((_, why)) => Err(why),
                };
            }
            Ok(Message::Progress { received, total }) => {
                heard = Instant::now();
                if received == total || told.is_none_or(|told| told.elapsed() >= BEAT) {
                    told = Some(heard);
                    sink.event(Event::CloneProgress { received, total });
                }
            }
            Ok(Message::Alive) => heard = Instant::now(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(Left::Lost),
        }
        match &leave {
            None if stop.requested() => {
                leave = Some((Instant::now() + FAREWELL, Left::Interrupted))
            }
            None if patience.whole.is_some_and(|most| begun.elapsed() >= most) => {
                leave = Some((Instant::now() + FAREWELL, Left::Slow))
            }
            None if heard.elapsed() >= patience.silent => {
                leave = Some((Instant::now(), Left::Silent))
            }
            _ => {}
        }
        if leave.is_some() {
            ended.store(true, Ordering::Relaxed);
        }
        if let Some((_, why)) = leave.take_if(|(until, _)| Instant::now() >= *until) {
            return Err(why);
        }
    }
}

fn teller<T: Send + 'static>(sender: Sender<Message<T>>) -> impl Fn(Option<(usize, usize)>) + Send {
    let last = Cell::new((None::<Instant>, None));
    move |progress| {
        // Objects arrive by the ten thousand in a second; one message a beat is enough, and the last one.
        let (when, what) = last.get();
        let complete =
            progress != what && progress.is_some_and(|(received, total)| received == total);
        if !complete && when.is_some_and(|when| when.elapsed() < BEAT) {
            return;
        }
        last.set((Some(Instant::now()), progress.or(what)));
        let _ = sender.send(match progress {
            Some((received, total)) => Message::Progress { received, total },
            None => Message::Alive,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use perfctl_core::seams::{Never, Silence};

    use super::*;

    struct Always;

    impl Stop for Always {
        fn requested(&self) -> bool {
            true
        }
    }

    struct Keep(Mutex<Vec<(usize, usize)>>);

    impl Sink for Keep {
        fn event(&self, event: Event) {
            if let Event::CloneProgress { received, total } = event {
                self.0.lock().expect("not poisoned").push((received, total));
            }
        }
    }

    const LONG: Duration = Duration::from_secs(60);

    const PATIENT: Patience = Patience {
        silent: LONG,
        whole: None,
    };

    #[test]
    fn many_steps_are_told_as_few_and_the_last_is_among_them() {
        let sink = Keep(Mutex::default());
        let job =
            |telling: &Telling| (1..=20_000).all(|received| telling.progress(received, 20_000));
        assert_eq!(run(job, PATIENT, &sink, &Never), Ok(true));
        let told = sink.0.into_inner().expect("not poisoned");
        assert_eq!(told.last(), Some(&(20_000, 20_000)));
        assert!(told.len() < 500, "{} events", told.len());
    }

    #[test]
    fn a_job_that_never_returns_is_left_when_the_user_stops() {
        let begun = Instant::now();
        let job = |_: &Telling| thread::sleep(LONG);
        assert_eq!(run(job, PATIENT, &Silence, &Always), Err(Left::Interrupted));
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_silent_job_is_left_and_one_that_speaks_is_not() {
        let patience = Patience {
            silent: Duration::from_millis(300),
            whole: None,
        };
        assert_eq!(
            run(|_| thread::sleep(LONG), patience, &Silence, &Never),
            Err(Left::Silent)
        );
        let speaks = |telling: &Telling| {
            (0..12).all(|_| {
                thread::sleep(Duration::from_millis(60));
                telling.alive()
            })
        };
        assert_eq!(run(speaks, patience, &Silence, &Never), Ok(true));
    }

    #[test]
    fn a_job_that_always_speaks_and_never_ends_is_left_when_the_time_is_over() {
        let patience = Patience {
            whole: Some(Duration::from_millis(300)),
            ..PATIENT
        };
        let speaks = |telling: &Telling| {
            let begun = Instant::now();
            while begun.elapsed() < LONG && telling.alive() {
                thread::sleep(Duration::from_millis(10));
            }
        };
        let begun = Instant::now();
        let left = run(speaks, patience, &Silence, &Never);
        assert_eq!(left, Err(Left::Slow));
        assert!(begun.elapsed() < Duration::from_secs(20));
        let said = Left::Slow.explain("git://a.test/b".to_owned(), patience);
        assert!(said.to_string().contains("was not there within"), "{said}");
    }

    #[test]
    fn a_job_that_panics_is_lost_and_not_waited_for() {
        let job = |_: &Telling| -> u8 { panic!("on purpose") };
        assert_eq!(run(job, PATIENT, &Silence, &Never), Err(Left::Lost));
    }

    #[test]
    fn a_job_hears_that_it_should_end() {
        let job = |telling: &Telling| while telling.alive() {};
        assert_eq!(run(job, PATIENT, &Silence, &Always), Err(Left::Interrupted));
    }
}
