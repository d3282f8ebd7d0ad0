//! Days, as expiries and "today" are compared. Knows no clock: today comes in from outside.

/// Year, month, day. Ordered as the calendar is.
pub type Day = (i32, u32, u32);

/// A day as `2027-01-31`.
pub fn show((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether something that holds until and including `until` is over on `today`.
pub(crate) fn is_over(until: Option<Day>, today: Day) -> bool {
    until.is_some_and(|until| until < today)
}
