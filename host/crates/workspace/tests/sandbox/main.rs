//! Commands run for real, in every sandbox that this machine has and in none. The binary is three things: the tests, the
//! launcher that the runner starts, and the programs that try to get out.
//!
//! A sandbox that does not work here skips its tests and says so; where `CI` is set that is a failure.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "probes answer on standard output, and a skipped test says so"
)]

mod confined;
mod lifetime;
mod probes;
mod results;
mod world;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    match words.get(1).map(String::as_str) {
        Some(world::LAUNCH) => return perfctl_workspace::command::launch(),
        Some(world::PROBE) => return probes::run(&words[2..]),
        Some(world::TERMINAL) => return confined::under_terminal(&words[2..]),
        Some(world::VICTIM) => return lifetime::victim(&words[2..]),
        _ => {}
    }
    let arguments = Arguments::from_args();
    let tests = [confined::tests(), lifetime::tests(), results::tests()].concat_trials();
    libtest_mimic::run(&arguments, tests).exit_code()
}

trait ConcatTrials {
    fn concat_trials(self) -> Vec<libtest_mimic::Trial>;
}

impl<const N: usize> ConcatTrials for [Vec<libtest_mimic::Trial>; N] {
    fn concat_trials(self) -> Vec<libtest_mimic::Trial> {
        self.into_iter().flatten().collect()
    }
}
