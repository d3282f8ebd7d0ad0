from rest_framework import serializers


class Summary(serializers.Serializer):
    state = serializers.CharField()
    lines = serializers.IntegerField()
