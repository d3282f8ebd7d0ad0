//! Times and durations as people and machines read them. Must not ask a clock.

use std::time::Duration;

use jiff::Timestamp;

/// Milliseconds since 1970 as `2026-11-21T09:30:05Z`; the latest time that can be shown when out of range.
pub(crate) fn utc(ms: u64) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    let moment = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX);
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Milliseconds since 1970 for people: `2026-11-21 09:30 UTC`.
pub(crate) fn utc_for_people(ms: u64) -> String {
    let iso = utc(ms);
    format!("{} {} UTC", &iso[..10], &iso[11..16])
}

/// A wall time for people: `340 ms`, `4.2 s`, `3 min 05 s`, `2 h 07 min`.
pub(crate) fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    match seconds {
        0 if took.as_micros() < 1000 => format!("{} us", took.as_micros()),
        0 => format!("{} ms", took.as_millis()),
        1..60 => format!("{:.1} s", took.as_secs_f64().min(59.9)),
        60..3600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_utc() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(1_795_253_405_123), "2026-11-21T09:30:05Z");
        assert_eq!(utc_for_people(1_795_253_405_123), "2026-11-21 09:30 UTC");
        assert_eq!(utc(u64::MAX).len(), 20, "out of range is still a date");
    }

    #[test]
    fn durations_use_the_unit_that_fits() {
        assert_eq!(duration(Duration::from_micros(250)), "250 us");
        assert_eq!(duration(Duration::from_millis(340)), "340 ms");
        assert_eq!(duration(Duration::from_millis(59_990)), "59.9 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
        assert_eq!(duration(Duration::from_secs(7620)), "2 h 07 min");
    }
}
