//! Times and durations as people and machines read them. Must not ask a clock.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{Span, Timestamp};

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

/// The day so many days after the one that `from` begins with.
///
/// # Errors
/// What is no day, or no number of days.
pub(crate) fn day_after(from: &str, days: &str) -> Result<String, String> {
    let day = from.get(..10).and_then(|day| day.parse::<Date>().ok());
    let day = day.ok_or_else(|| format!("`{from}` does not begin with a day"))?;
    let number = days.trim().parse::<i32>().ok();
    let number = number.ok_or_else(|| format!("`{days}` is no number of days"))?;
    let later = Span::new().try_days(number);
    let later = later.and_then(|span| day.checked_add(span));
    let later = later.map_err(|_| format!("{days} days after {day} is no day"))?;
    Ok(later.to_string())
}

/// When the run of this id began, for people: ids begin with it (`20261121T093005Z-5d0119da`). `None` for an id that does not.
pub(crate) fn of_run(id: &str) -> Option<String> {
    let (moment, _) = id.split_once('-')?;
    let is_moment = moment.len() == 16
        && moment.char_indices().all(|(at, c)| match at {
            8 => c == 'T',
            15 => c == 'Z',
            _ => c.is_ascii_digit(),
        });
    is_moment.then(|| {
        let part = |from: usize, to: usize| &moment[from..to];
        let (year, month, day) = (part(0, 4), part(4, 6), part(6, 8));
        format!("{year}-{month}-{day} {}:{} UTC", part(9, 11), part(11, 13))
    })
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
    fn an_id_tells_when_its_run_began() {
        let of = |id| of_run(id);
        let moment = Some("2026-11-21 09:30 UTC".to_owned());
        assert_eq!(of("20261121T093005Z-5d0119da"), moment);
        for other in ["", "before", "2026112T093005Z1-5d", "2026-11-21"] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn days_are_counted_over_the_ends_of_months() {
        let after = |from, days| day_after(from, days);
        assert_eq!(
            after("2026-11-21T09:30:05Z", "30").as_deref(),
            Ok("2026-12-21")
        );
        assert_eq!(after("2026-02-20", " 10 ").as_deref(), Ok("2026-03-02"));
        assert!(after("2026", "1").is_err() && after("2026-01-01", "a").is_err());
        assert!(after("2026-01-01", "2147483647").is_err());
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
