"""`python3 -m unittest` in this folder."""

import unittest

from cron import Schedule, clock, numbers

AFTERNOON = range(16 * 60, 17 * 60)
WORKING = range(1, 6)


def begins(text):
    minute = Schedule.read(text).begins_within(AFTERNOON, WORKING)
    return None if minute is None else clock(minute)


class Fields(unittest.TestCase):
    def test_every_form_of_a_field_is_read(self):
        for field, expected in [
            ("*", range(24)),
            ("5", [5]),
            ("1-4", [1, 2, 3, 4]),
            ("*/6", [0, 6, 12, 18]),
            ("20/2", [20, 22]),
            ("8-12/2,23", [8, 10, 12, 23]),
        ]:
            self.assertEqual(numbers(field, 0, 23), frozenset(expected), field)

    def test_what_is_no_field_is_not_guessed_at(self):
        for field in ["", "24", "5-3", "*/0", "*/x", "a", "-1", "1-", "1,,2", "²", "٣", "*/²", "1-²", "0" * 5000, "*/" + "9" * 5000]:
            self.assertIsNone(numbers(field, 0, 23), field)
        for text in ["", "* * * *", "* * * * * *", "61 * * * *", "@often", "H 3 * * *"]:
            self.assertIsNone(Schedule.read(text), text)


class Times(unittest.TestCase):
    def test_the_first_beginning_within_a_window_is_told(self):
        for text, time in [
            ("30 16 * * *", "16:30"),
            ("*/20 * * * *", "16:00"),
            ("45 8-18/4 * * 1-5", "16:45"),
            ("15 16 * * MON", "16:15"),
            ("@hourly", "16:00"),
            # Days of the month fall on any weekday.
            ("0 16 1 * *", "16:00"),
            ("0 16 1 * 0", "16:00"),
        ]:
            self.assertEqual(begins(text), time, text)

    def test_a_job_at_another_time_or_on_other_days_begins_at_none(self):
        for text in ["0 3 * * *", "59 15 * * *", "0 17 * * *", "30 16 * * 6,7", "0 16 * * sun", "@daily"]:
            self.assertIsNone(begins(text), text)


if __name__ == "__main__":
    unittest.main()
