from rest_framework import serializers

from shop.models import Document, Folder, Note


class FolderSerializer(serializers.ModelSerializer):
    document_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Folder
        fields = "__all__"


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ("id", "text")


class DocumentSerializer(serializers.ModelSerializer):
    note_set = NoteSerializer(many=True, read_only=True)

    class Meta:
        model = Document
        fields = ("id", "name", "note_set")
