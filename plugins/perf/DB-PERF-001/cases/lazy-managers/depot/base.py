from model_utils.models import TimeStampedModel


class Record(TimeStampedModel):
    class Meta:
        abstract = True
