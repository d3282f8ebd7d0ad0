//! Numbers with units as people write them (`90s`, `1h30m`, `500 MB`, `5 %`, `100/s`), turned into base units.
//!
//! Decimal and binary prefixes are kept apart: 1 MB = 10^6 bytes, 1 MiB = 2^20 bytes (IEC 80000-13).

use std::time::Duration;

use perfctl_core::metric::Unit;

use crate::table::Refusal;

/// Units of time in nanoseconds, longest first.
const TIMES: [(&str, u128); 8] = [
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("µs", 1_000),
    ("ns", 1),
];

/// Units of size in bytes.
const SIZES: [(&str, u128); 10] = [
    ("B", 1),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
];

/// A number in the base unit of what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The number, in `unit`; finite.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
}

impl Quantity {
    /// Reads text by the unit at its end: time, size, `%`, `/s`, or none for a plain count.
    ///
    /// # Errors
    /// A number or unit that is not understood.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let trimmed = text.trim();
        if let Some(number) = trimmed.strip_suffix('%') {
            return Ok(Self {
                value: plain(text, number)? / 100.0,
                unit: Unit::Ratio,
            });
        }
        if let Some(number) = trimmed.strip_suffix("/s") {
            return Ok(Self {
                value: plain(text, number)?,
                unit: Unit::PerSecond,
            });
        }
        let unit = trimmed.trim_start_matches(|c: char| c.is_ascii_digit() || "+-._ ".contains(c));
        if unit.is_empty() || trimmed.parse::<f64>().is_ok() {
            return Ok(Self {
                value: plain(text, trimmed)?,
                unit: Unit::Count,
            });
        }
        if SIZES.iter().any(|(name, _)| *name == unit) {
            return Ok(Self {
                value: size(text)? as f64,
                unit: Unit::Bytes,
            });
        }
        let like_size =
            unit.len() <= 3 && "kmgt".contains(unit.to_lowercase().trim_end_matches(['b', 'i']));
        if like_size && !TIMES.iter().any(|(name, _)| *name == unit) {
            return size(text).map(|bytes| Self {
                value: bytes as f64,
                unit: Unit::Bytes,
            });
        }
        duration(text).map(|time| Self {
            value: time.as_secs_f64(),
            unit: Unit::Seconds,
        })
    }
}

/// A sample in a unit as people write it (`ms`, `MiB`, `%`, `/s`, `count`), in the base unit of what it counts; `None` for an unknown unit.
pub fn in_base(sample: f64, unit: &str) -> Option<(f64, Unit)> {
    if let Some(base) = Unit::ALL.iter().find(|base| base.word() == unit) {
        return Some((sample, *base));
    }
    // Whole factors only: a product or quotient with one is the nearest number that there is.
    let scaled = |scale: u128, base: u128| match scale >= base {
        true => sample * (scale / base) as f64,
        false => sample / (base / scale) as f64,
    };
    match unit {
        "%" => return Some((sample / 100.0, Unit::Ratio)),
        "/s" => return Some((sample, Unit::PerSecond)),
        _ => {}
    }
    if let Some((_, nanos)) = TIMES.iter().find(|(name, _)| *name == unit) {
        return Some((scaled(*nanos, 1_000_000_000), Unit::Seconds));
    }
    let (_, bytes) = SIZES.iter().find(|(name, _)| *name == unit)?;
    Some((scaled(*bytes, 1), Unit::Bytes))
}

/// Reads a length of time: one or more numbers with units from days to nanoseconds, longest unit first.
///
/// # Errors
/// No unit, an unknown unit, units out of order, or more than some 500 years.
pub fn duration(text: &str) -> Result<Duration, Refusal> {
    let example = "write it as `90s`, `2m`, `1h30m` or `250ms`";
    let mut rest = text.trim();
    let (mut total, mut last) = (0u128, u128::MAX);
    if rest.is_empty() {
        return Err(Refusal::new("the duration is empty").hint(example));
    }
    while !rest.is_empty() {
        let (number, after) = split_number(rest);
        if number.is_empty() {
            return Err(Refusal::new(format!("`{text}` is not a duration")).hint(example));
        }
        let after = after.trim_start();
        let unit = &after[..after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len())];
        if unit.is_empty() && after.is_empty() {
            let fine = last == u128::MAX;
            let hint = if fine {
                format!("for seconds write `{number}s`")
            } else {
                example.to_owned()
            };
            return Err(Refusal::new(format!("`{text}` has no unit of time")).hint(hint));
        }
        let Some((_, scale)) = TIMES.iter().find(|(name, _)| *name == unit) else {
            return Err(unknown_unit(text, unit));
        };
        if *scale >= last {
            return Err(
                Refusal::new(format!("the units of `{text}` are out of order"))
                    .hint("write each unit once, the longest first: `1h30m`"),
            );
        }
        last = *scale;
        let part = scaled(number, *scale).ok_or_else(|| {
            Refusal::new(format!("`{number}` in `{text}` is no number that fits"))
        })?;
        total = total.saturating_add(part);
        rest = after[unit.len()..].trim_start();
    }
    u64::try_from(total)
        .map(Duration::from_nanos)
        .map_err(|_| Refusal::new(format!("`{text}` is longer than 500 years")))
}

/// Reads a size in bytes.
///
/// # Errors
/// No unit, or an unknown one; the advice names the difference between MB and MiB.
pub fn size(text: &str) -> Result<u64, Refusal> {
    let (number, unit) = split_number(text.trim());
    let unit = unit.trim();
    if number.is_empty() {
        return Err(Refusal::new(format!("`{text}` is not a size"))
            .hint("write it as `500 MB` or `512 MiB`"));
    }
    if unit.is_empty() {
        return Err(Refusal::new(format!("`{text}` has no unit of size"))
            .hint(format!("for bytes write `{number} B`")));
    }
    let Some((_, scale)) = SIZES.iter().find(|(name, _)| *name == unit) else {
        let prefix = unit
            .chars()
            .next()
            .map(|c| c.to_ascii_uppercase())
            .filter(|c| "KMGT".contains(*c));
        return Err(match prefix {
            Some(prefix) => Refusal::new(format!("`{unit}` in `{text}` is not a unit of size")).hint(format!(
                "write `{number} {prefix}B` (powers of 1000) or `{number} {prefix}iB` (powers of 1024)"
            )),
            None => unknown_unit(text, unit),
        });
    };
    scaled(number, *scale)
        .and_then(|bytes| u64::try_from(bytes).ok())
        .ok_or_else(|| Refusal::new(format!("`{text}` is no size that fits")))
}

fn unknown_unit(text: &str, unit: &str) -> Refusal {
    let shown = if unit.is_empty() { text } else { unit };
    let refusal = Refusal::new(format!("`{shown}` in `{text}` is not a known unit"));
    match shorten(unit) {
        Some(short) => refusal.hint(format!("write `{short}`")),
        None => refusal
            .hint("times end in d, h, m, s, ms, us or ns; sizes in B, kB, MB, GB, KiB, MiB or GiB"),
    }
}

/// Units written out in full.
fn shorten(unit: &str) -> Option<&'static str> {
    Some(match unit.to_lowercase().trim_end_matches('s') {
        "sec" | "second" => "s",
        "min" | "minute" => "m",
        "hour" | "hr" => "h",
        "day" => "d",
        "milli" | "millisecond" | "msec" => "ms",
        "byte" => "B",
        _ => return None,
    })
}

/// The leading digits with an optional fraction, and what follows them.
fn split_number(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_'))
        .unwrap_or(text.len());
    text.split_at(end)
}

/// `number * scale`, rounded down to a whole base unit, without a detour through floats.
fn scaled(number: &str, scale: u128) -> Option<u128> {
    let number = number.replace('_', "");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if whole.is_empty() || (number.contains('.') && fraction.is_empty()) || fraction.len() > 12 {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?;
    let fraction_value = if fraction.is_empty() {
        0
    } else {
        fraction.parse::<u64>().ok()?
    };
    let divisor = 10u128.pow(fraction.len() as u32);
    u128::from(whole)
        .checked_mul(scale)?
        .checked_add(u128::from(fraction_value) * scale / divisor)
}

/// A number without a unit.
fn plain(text: &str, number: &str) -> Result<f64, Refusal> {
    let number = number.trim().replace('_', "");
    let digits = number.bytes().any(|b| b.is_ascii_digit());
    number
        .parse::<f64>()
        .ok()
        .filter(|value| digits && value.is_finite())
        .ok_or_else(|| {
            Refusal::new(format!("`{text}` is not a number with a unit"))
                .hint("write it as `2 s`, `300 ms`, `500 MB`, `5 %`, `100/s` or a plain count")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_add_up_from_the_longest_unit_down() {
        for (text, millis) in [
            ("90s", 90_000),
            ("2m", 120_000),
            ("1h30m", 5_400_000),
            ("1h 30 m 0.25s", 5_400_250),
            (" 250 ms ", 250),
            ("1.5s", 1_500),
            ("1d", 86_400_000),
            ("0s", 0),
            ("1_000ms", 1_000),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        assert_eq!(duration("3us"), duration("3µs"));
    }

    #[test]
    fn sizes_tell_thousands_from_1024s() {
        for (text, bytes) in [
            ("500 MB", 500_000_000),
            ("512 MiB", 512 << 20),
            ("1.5GB", 1_500_000_000),
            ("0.1 KiB", 102),
            ("7B", 7),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn quantities_find_their_unit() {
        for (text, value, unit) in [
            ("2 s", 2.0, Unit::Seconds),
            ("300 ms", 0.3, Unit::Seconds),
            ("1h30m", 5400.0, Unit::Seconds),
            ("200 kB", 200e3, Unit::Bytes),
            ("5 %", 0.05, Unit::Ratio),
            ("100/s", 100.0, Unit::PerSecond),
            ("-3", -3.0, Unit::Count),
            ("1_000", 1000.0, Unit::Count),
            ("1e3", 1000.0, Unit::Count),
            ("5m", 300.0, Unit::Seconds),
        ] {
            assert_eq!(
                Quantity::parse(text),
                Ok(Quantity { value, unit }),
                "{text}"
            );
        }
    }

    #[test]
    fn samples_come_to_the_base_of_their_unit() {
        for (sample, unit, expected) in [
            (12.5, "ms", Some((0.0125, Unit::Seconds))),
            (0.3, "us", Some((3e-7, Unit::Seconds))),
            (2.0, "h", Some((7200.0, Unit::Seconds))),
            (2.0, "seconds", Some((2.0, Unit::Seconds))),
            (3.0, "MiB", Some((3_145_728.0, Unit::Bytes))),
            (1.5, "kB", Some((1500.0, Unit::Bytes))),
            (5.0, "%", Some((0.05, Unit::Ratio))),
            (5.0, "/s", Some((5.0, Unit::PerSecond))),
            (5.0, "count", Some((5.0, Unit::Count))),
            (5.0, "mb", None),
            (5.0, "", None),
        ] {
            assert_eq!(in_base(sample, unit), expected, "{unit}");
        }
    }

    #[test]
    fn refusals_say_what_to_write() {
        let times = [
            "90",
            "90x",
            "1m2h",
            "",
            "abc",
            "1..2s",
            "99999999999d",
            "5 min",
            "-2s",
            "1h30",
        ];
        let sizes = ["500", "500 mb", "500M", "MB", "5 bytes", "5 zB"];
        let both = [
            "2 sec", "2 parsec", "%", "nan", "", "5 mb", "1e400", "10 000/s",
        ];
        let mut shown = Vec::new();
        for text in times {
            shown.push(format!(
                "duration {text:?}: {}",
                duration(text).expect_err(text)
            ));
        }
        for text in sizes {
            shown.push(format!("size {text:?}: {}", size(text).expect_err(text)));
        }
        for text in both {
            shown.push(format!(
                "quantity {text:?}: {}",
                Quantity::parse(text).expect_err(text)
            ));
        }
        insta::assert_snapshot!(shown.join("\n"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_a_number_panic(text in "\\PC{0,24}") {
            let _ = (duration(&text), size(&text), Quantity::parse(&text));
        }

        #[test]
        fn whole_numbers_come_back_exactly(number in 0u64..1_000_000) {
            proptest::prop_assert_eq!(duration(&format!("{number}ms")), Ok(Duration::from_millis(number)));
            proptest::prop_assert_eq!(size(&format!("{number} MiB")), Ok(number << 20));
        }
    }
}
