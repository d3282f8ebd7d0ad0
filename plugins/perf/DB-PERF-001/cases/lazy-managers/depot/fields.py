from rest_framework import serializers


class ShownKeyField(serializers.PrimaryKeyRelatedField):
    def __init__(self, shown_by, **kwargs):
        self.shown_by = shown_by
        super().__init__(**kwargs)

    def use_pk_only_optimization(self):
        return False

    def to_representation(self, value):
        return self.shown_by(value).data


class PlainKeyField(serializers.PrimaryKeyRelatedField):
    def __init__(self, known_as, **kwargs):
        self.known_as = known_as
        super().__init__(**kwargs)
