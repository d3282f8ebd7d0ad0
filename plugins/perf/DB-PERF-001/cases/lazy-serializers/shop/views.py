from rest_framework import generics, viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response

from shop.models import Book
from shop.serializers import KeySerializer, MethodSerializer, NamedSerializer, NestedSerializer, TagsSerializer


class NestedViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # finding: DB-PERF-001 confidence: medium
    serializer_class = NestedSerializer


class NamedView(generics.ListAPIView):
    serializer_class = NamedSerializer

    def get_queryset(self):
        return Book.objects.filter(title="a").order_by("id")  # finding: DB-PERF-001


class MethodViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Book.objects.order_by("id")
    serializer_class = MethodSerializer


class TagsViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # finding: DB-PERF-001
    serializer_class = TagsSerializer


class KeyViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # ok: the keys stand in the row; mutate: s/serializer_class = KeySerializer/serializer_class = NamedSerializer/
    serializer_class = KeySerializer


class JoinedViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.select_related("author")  # ok: joined; mutate: s/.select_related("author")/.all()/
    serializer_class = NestedSerializer


class FetchedViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.prefetch_related("tags")  # ok: prefetched; mutate: s/.prefetch_related("tags")/.all()/
    serializer_class = TagsSerializer


class OneView(generics.RetrieveAPIView):
    queryset = Book.objects.all()  # ok: shows one book; mutate: s/RetrieveAPIView/ListAPIView/
    serializer_class = NestedSerializer


class ChosenViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # ok: the list shows keys; mutate: s/get_serializer_class/other_class/
    serializer_class = NestedSerializer

    def get_serializer_class(self):
        return KeySerializer


@api_view(["GET"])
def books(request):
    return Response(NestedSerializer(Book.objects.all(), many=True).data)  # finding: DB-PERF-001


class EmptyViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.none()  # ok: the one book is found otherwise; mutate: s/.none()/.all()/
    serializer_class = NestedSerializer

    def get_object(self):
        return Book.objects.get(pk=self.kwargs["pk"])


class ActionViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # ok: no route asks for the list; mutate: shop/urls.py s/"get": "retrieve"/"get": "list"/; mutate: shop/urls.py s/, ActionViewSet.as_view/, other(ActionViewSet).as_view/
    serializer_class = NestedSerializer


class RoutedViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # finding: DB-PERF-001
    serializer_class = NestedSerializer
