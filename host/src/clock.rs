//! Now, asked once per use and handed on as plain numbers.

use std::time::{SystemTime, UNIX_EPOCH};

use perfctl_wire::day::Day;

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

/// How long before its end a signature or a waiver is about to expire, in days.
pub(crate) const SOON: u32 = 14;

/// The day that comes in `days` days, in UTC.
pub(crate) fn in_days(days: u32) -> Day {
    let later = now_ms() as i64 + i64::from(days) * 24 * 60 * 60 * 1000;
    let later = jiff::Timestamp::from_millisecond(later).unwrap_or_default();
    let date = later.to_zoned(jiff::tz::TimeZone::UTC).date();
    Day {
        year: i32::from(date.year()),
        month: date.month() as u32,
        day: date.day() as u32,
    }
}
