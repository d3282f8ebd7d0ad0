//! Sides that take turns, and what each of them took.

use std::time::Duration;

use perfctl_runtime::clock::processor_time;

/// A side: does its work so many times and says the processor time of it, preparation left out.
pub(crate) type Side<'s> = Box<dyn FnMut(usize) -> Result<Duration, String> + 's>;

/// Microseconds that one piece of work took, turn by turn, side by side.
pub(crate) struct Turns(Vec<Vec<f64>>);

impl Turns {
    /// Has `sides` do `batch` pieces of work in each of `rounds` turns, after one turn that counts for nothing.
    pub(crate) fn of(sides: &mut [Side<'_>], batch: usize, rounds: usize) -> Result<Self, String> {
        let mut all: Vec<Vec<f64>> = vec![Vec::with_capacity(rounds); sides.len()];
        for round in 0..=rounds {
            for (side, times) in sides.iter_mut().zip(&mut all) {
                let took = side(batch)?;
                if round > 0 {
                    times.push(took.as_secs_f64() * 1e6 / batch as f64);
                }
            }
        }
        Ok(Self(all))
    }

    /// The median of a side.
    pub(crate) fn median(&self, side: usize) -> f64 {
        median(self.0[side].iter().copied())
    }

    /// The median of how many times longer than `base` a side took in the same turn.
    pub(crate) fn ratio(&self, side: usize, base: usize) -> f64 {
        let pairs = self.0[side].iter().zip(&self.0[base]);
        median(pairs.map(|(one, other)| one / other))
    }
}

/// The middle one of some numbers.
pub(crate) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = numbers.collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// The processor time that something takes.
pub(crate) fn timed<T>(work: impl FnOnce() -> Result<T, String>) -> Result<Duration, String> {
    let before = processor_time();
    let done = work()?;
    let took = processor_time().saturating_sub(before);
    drop(done);
    Ok(took)
}
