from rest_framework import serializers

from depot.fields import PlainKeyField, ShownKeyField
from depot.models import Crate, Hall, Item, Shelf


class HallSerializer(serializers.ModelSerializer):
    class Meta:
        model = Hall
        fields = ["name"]


class ShelfSerializer(serializers.ModelSerializer):
    hall = HallSerializer()

    class Meta:
        model = Shelf
        fields = ["name", "hall"]


class BareShelfSerializer(serializers.ModelSerializer):
    class Meta:
        model = Shelf
        fields = ["name"]


class CrateSerializer(serializers.ModelSerializer):
    shelf = BareShelfSerializer()

    class Meta:
        model = Crate
        fields = ("label", "shelf")


class KeyedSerializer(serializers.ModelSerializer):
    shelf = ShownKeyField(ShelfSerializer, queryset=Shelf.objects.all())

    class Meta:
        model = Crate
        fields = ("label", "shelf")


class PlainKeySerializer(serializers.ModelSerializer):
    shelf = PlainKeyField("shelf", queryset=Shelf.objects.all())

    class Meta:
        model = Crate
        fields = ("label", "shelf")


class ListedSerializer(CrateSerializer):
    class Meta:
        model = Crate
        fields = (*PlainKeySerializer.Meta.fields, "items")

    shelf = PlainKeyField("shelf", queryset=Shelf.objects.all())


class ItemSerializer(serializers.ModelSerializer):
    owner = HallSerializer()

    class Meta:
        model = Item
        fields = ["name", "owner"]


class ContentsSerializer(serializers.ModelSerializer):
    contents = serializers.SerializerMethodField()

    class Meta:
        model = Crate
        fields = ["label", "contents"]

    def get_contents(self, crate):
        return ItemSerializer(crate.items.all(), many=True).data  # finding: DB-PERF-001, DB-PERF-001 confidence: medium
