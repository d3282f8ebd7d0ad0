from rest_framework import serializers

from shop.models import Note, Parcel


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ("text",)


class ParcelSerializer(serializers.ModelSerializer):
    note = NoteSerializer(read_only=True)

    class Meta:
        model = Parcel
        fields = ("code", "note")


class WideSerializer(serializers.ModelSerializer):
    note = NoteSerializer(read_only=True)

    class Meta:
        model = Parcel
        fields = ("code", "seller", "note")
