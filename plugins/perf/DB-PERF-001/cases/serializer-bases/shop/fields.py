from functools import partial

from rest_framework import serializers


class ShownField(serializers.RelatedField):
    def __init__(self, shown, **kwargs):
        super().__init__(**kwargs)
        self.shown = shown

    def to_representation(self, value):
        return {name: getattr(value, name) for name in self.shown}


NamedField = partial(ShownField, ("id", "name"))
