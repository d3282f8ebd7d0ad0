//! Questions to who sits at the terminal.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use perfctl_core::seams::Stop;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Ui;
use crate::hidden;
use crate::interrupt::BEAT;

impl Ui {
    /// Asks a question that is answered with yes or no; no unless said. `None` where nobody is there to be asked.
    pub(crate) fn ask(&self, question: &str, stop: &dyn Stop) -> Option<bool> {
        let input = io::stdin();
        if !input.is_terminal() || !self.is_terminal {
            return None;
        }
        let question = perfctl_report::neutral_block(question);
        let mut err = io::stderr().lock();
        let _ = write!(err, "{} [y/N] ", hidden::clean(&question));
        let _ = err.flush();
        drop(err);
        if !wait_for(&input, stop) {
            // The cursor stands behind the question still.
            let _ = writeln!(io::stderr().lock());
            return Some(false);
        }
        let mut answer = String::new();
        // An input that ends is no yes.
        input.lock().read_line(&mut answer).ok()?;
        Some(is_yes(&answer))
    }
}

/// Waits for a line; `false` once the user asks to stop. Reading would go on waiting then: a signal does not end it.
fn wait_for(input: &io::Stdin, stop: &dyn Stop) -> bool {
    let beat = Timespec {
        tv_sec: 0,
        tv_nsec: BEAT.subsec_nanos().into(),
    };
    loop {
        if stop.requested() {
            return false;
        }
        match poll(&mut [PollFd::new(input, PollFlags::IN)], Some(&beat)) {
            Ok(0) | Err(Errno::INTR) => {}
            // What is wrong with the terminal, reading says.
            Ok(_) | Err(_) => return true,
        }
    }
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_one() {
        for (answer, yes) in [
            ("y\n", true),
            ("Yes \n", true),
            ("\n", false),
            ("no\n", false),
            ("yy\n", false),
        ] {
            assert_eq!(is_yes(answer), yes, "{answer}");
        }
    }
}
