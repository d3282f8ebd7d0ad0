//! Calendar days as they are written in settings. Knows no clock: whether a day is past is judged elsewhere.

use std::fmt;

use crate::table::Refusal;

/// A day of the Gregorian calendar that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Another form, or a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let wrong = || {
            Refusal::new(format!("`{text}` is not a day"))
                .hint("write it as year-month-day: `2027-01-31`")
        };
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
        };
        let [year, month, day] = parts[..] else {
            return Err(wrong());
        };
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return Err(wrong());
        }
        let date: jiff::civil::Date = text.parse().map_err(|_| {
            Refusal::new(format!("the calendar has no `{text}`")).hint("check month and day")
        })?;
        Ok(Self {
            year: date.year().into(),
            month: date.month().unsigned_abs().into(),
            day: date.day().unsigned_abs().into(),
        })
    }

    /// Year, month, day.
    pub fn parts(self) -> (i32, u32, u32) {
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        assert_eq!(Day::parse("2028-02-29").map(Day::parts), Ok((2028, 2, 29)));
        assert_eq!(
            Day::parse("2027-01-31").map(|day| day.to_string()),
            Ok("2027-01-31".to_owned())
        );
        for bad in [
            "2027-02-29",
            "2027-13-01",
            "27-01-31",
            "2027/01/31",
            "2027-1-31",
            "",
            "2027-01-31T00:00",
            "2027-01-3é",
        ] {
            assert!(Day::parse(bad).is_err(), "{bad}");
        }
    }
}
