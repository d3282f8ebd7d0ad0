//! Questions to who sits at the terminal.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::Ui;
use crate::hidden;

impl Ui {
    /// Asks a question that is answered with yes or no; no unless said. `None` where nobody is there to be asked.
    pub(crate) fn ask(&self, question: &str) -> Option<bool> {
        let input = io::stdin();
        if !input.is_terminal() || !self.is_terminal {
            return None;
        }
        let question = perfctl_report::neutral_block(question);
        let mut err = io::stderr().lock();
        let _ = write!(err, "{} [y/N] ", hidden::clean(&question));
        let _ = err.flush();
        drop(err);
        let mut answer = String::new();
        // An input that ends is no yes.
        input.lock().read_line(&mut answer).ok()?;
        Some(is_yes(&answer))
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
