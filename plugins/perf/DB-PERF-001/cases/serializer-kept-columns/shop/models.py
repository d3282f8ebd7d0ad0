from django.db import models


class Parcel(models.Model):
    number = models.CharField(max_length=20)
    _sent_on = models.DateField(null=True)

    @property
    def sent_on(self):
        if self._sent_on is not None:
            return self._sent_on
        step = self.steps.filter(name="sent").first()  # ok: the answer is kept in the row; mutate: s/self.save()/pass/
        if step:
            self._sent_on = step.at
            self.save()
            return self._sent_on

    @property
    def received_on(self):
        step = self.steps.filter(name="received").first()  # finding: DB-PERF-001
        return step and step.at


class Step(models.Model):
    parcel = models.ForeignKey(Parcel, related_name="steps", on_delete=models.CASCADE)
    name = models.CharField(max_length=20)
    at = models.DateField()
