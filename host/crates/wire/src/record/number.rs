//! Numbers and times as JSON can hold them.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

/// A number. JSON has none that are not finite: those are written as `null` and read back as NaN, so that one broken
/// sample does not make a record unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Number(#[cfg_attr(test, schemars(with = "Option<f64>"))] pub f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Number(
            Option::<f64>::deserialize(deserializer)?.unwrap_or(f64::NAN),
        ))
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Number(number)
    }
}

/// Milliseconds with a fraction. Exact to the nanosecond up to some 25 days.
pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_nanos() as f64 / 1e6
}

/// The duration of so many milliseconds; 0 for what is no duration.
pub(super) fn duration(millis: f64) -> Duration {
    // The cast saturates: NaN and negative numbers become 0.
    Duration::from_nanos((millis * 1e6).round() as u64)
}
