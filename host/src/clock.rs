//! Now, asked once per use and handed on as plain numbers.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 in UTC.
pub(crate) fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}

/// Today in UTC: year, month, day.
pub(crate) fn today() -> (i32, u32, u32) {
    let now = jiff::Timestamp::from_millisecond(now_ms() as i64).unwrap_or_default();
    let date = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    (
        i32::from(date.year()),
        date.month() as u32,
        date.day() as u32,
    )
}
