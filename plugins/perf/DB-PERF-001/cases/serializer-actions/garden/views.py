from rest_framework import serializers, viewsets

from garden.models import Bed, Note, Photo, Plant


class BedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Bed
        fields = ["id", "name"]


class PhotoSerializer(serializers.ModelSerializer):
    plant = serializers.StringRelatedField()

    class Meta:
        model = Photo
        fields = ["path", "plant"]


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["text"]


class PlantSerializer(serializers.ModelSerializer):
    bed = BedSerializer()

    class Meta:
        model = Plant
        fields = ["id", "bed"]


class PlantNotesSerializer(serializers.ModelSerializer):
    notes = NoteSerializer(many=True)

    class Meta:
        model = Plant
        fields = ["id", "notes"]


class PlantPhotoSerializer(serializers.ModelSerializer):
    photo = PhotoSerializer()

    class Meta:
        model = Plant
        fields = ["id", "photo"]


class PlantViewSet(viewsets.ModelViewSet):
    queryset = Plant.objects.all()
    serializer_class = PlantSerializer

    def get_queryset(self):
        queryset = self.queryset  # ok: a list is asked for by GET; mutate: s/["GET"]/["POST"]/
        if self.request.method in ["GET"]:
            queryset = self.queryset.select_related("bed")
        return queryset


class PlantNotesViewSet(viewsets.ModelViewSet):
    serializer_class = PlantNotesSerializer

    def get_queryset(self):
        # finding: DB-PERF-001 -- the notes are brought along for one plant only
        queryset = Plant.objects.all()
        if self.action == "retrieve":
            queryset = queryset.prefetch_related("notes")
        return queryset


class PlantPhotoViewSet(viewsets.ModelViewSet):
    # ok: the photo knows the plant that it was brought along with; mutate: s/.select_related("photo")//
    queryset = Plant.objects.select_related("photo")
    serializer_class = PlantPhotoSerializer
