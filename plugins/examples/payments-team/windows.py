"""PAY-WINDOW-001: a job that begins while the ledger closes the day."""

from perfctl_plugin import Rule

from cron import Schedule, clock

# The ledger answers nobody else in time while it closes the day: working days, in minutes of the day, UTC.
CLOSING = range(16 * 60, 17 * 60 + 30)
WORKING_DAYS = frozenset(range(1, 6))


class InTheWindow(Rule):
    id = "PAY-WINDOW-001"

    def check(self, file, matches, report, repo):
        if file.is_partial:
            return
        for document in file.documents or []:
            kind, _ = document.get("kind")
            if kind and kind.value == "CronJob":
                self.judge(document, report)

    def judge(self, job, report):
        written, _ = job.get("spec.schedule")
        suspended, _ = job.get("spec.suspend")
        zone, _ = job.get("spec.timeZone")
        # A template's value is not known, and another zone's clock is not worked out.
        if not written or not isinstance(written.value, str) or (suspended and suspended.value is not False):
            return
        if zone and zone.value not in ("UTC", "Etc/UTC"):
            return
        schedule = Schedule.read(written.value)
        begins = schedule and schedule.begins_within(CLOSING, WORKING_DAYS)
        if begins is not None:
            name, _ = job.get("metadata.name")
            report(
                written,
                "closing",
                job=name.text if name and name.text else "the job",
                at=clock(begins),
                begin=clock(CLOSING.start),
                end=clock(CLOSING.stop),
            )
