from rest_framework import viewsets
from rest_framework.response import Response

from shop.models import Document, Folder
from shop.pages import Pages
from shop.serializers import DocumentSerializer, FolderSerializer


class FolderViewSet(viewsets.ModelViewSet):
    pagination_class = Pages

    def get_serializer_class(self):
        if self.action in ["list", "retrieve"]:
            return FolderSerializer
        else:
            return DocumentSerializer

    def get_queryset(self):
        return Folder.objects.filter(owner=self.request.user)

    def list(self, request):
        qs = self.get_queryset().select_related("parent")  # finding: DB-PERF-001
        sorting = request.GET.get("sorting")
        if sorting == "name":
            qs = qs.order_by("name")
        elif sorting == "id":
            qs = qs.order_by("id")
        page = self.paginate_queryset(qs)
        if page is not None:
            serializer = self.get_serializer(page, many=True)
            return self.get_paginated_response(serializer.data)
        serializer = self.get_serializer(qs, many=True)
        return Response(serializer.data)


class DocumentViewSet(viewsets.ModelViewSet):
    serializer_class = DocumentSerializer
    pagination_class = Pages

    def get_queryset(self):
        rows = Document.objects.all_with_deleted() if self.request.GET.get("all") else Document.objects
        rows = rows.filter(owner=self.request.user)
        if self.request.GET.get("folder"):
            rows = rows.filter(folder_id=self.request.GET["folder"])
        return rows

    def list(self, request):
        rows = self.get_queryset().select_related("folder")
        start = int(request.GET.get("start", "0"))
        found = list(rows)[start : start + 12]  # finding: DB-PERF-001
        return Response(self.serializer_class(found, many=True).data)


class ReadDocumentViewSet(viewsets.ModelViewSet):
    serializer_class = DocumentSerializer
    queryset = Document.objects.order_by("name")

    def list(self, request):
        # ok: the notes are brought along; mutate: s/"note_set"/"folder"/
        rows = self.get_queryset().prefetch_related("note_set")
        serializer_class = self.get_serializer_class()
        return Response(serializer_class(rows[:20], many=True).data)


class SharedDocumentViewSet(viewsets.ModelViewSet):
    serializer_class = DocumentSerializer

    def get_queryset(self):
        return Document.objects.prefetch_related("note_set").all() if self.request.GET.get("all") else Document.objects.prefetch_related("note_set")

    def list(self, request):
        return Response(self.serializer_class(self.get_queryset()[:20], many=True).data)  # ok: both queries bring the notes along
