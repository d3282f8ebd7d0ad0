from rest_framework import mixins, viewsets

from shop.models import Photo
from shop.serializers import PhotoSerializer


class PhotoViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):  # finding: API-001
    serializer_class = PhotoSerializer

    def get_queryset(self):
        photos = Photo.objects.filter(album__owner=self.request.user)
        album_id = self.request.query_params.get("album")
        if album_id:
            photos = photos.filter(album_id=album_id)
        return photos


class AlbumPhotoViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):  # ok: those of one album; mutate: s/photos.filter(album_id=shown_id)/photos if not shown_id else photos.filter(album_id=shown_id)/
    serializer_class = PhotoSerializer

    def get_queryset(self):
        photos = Photo.objects.filter(album__owner=self.request.user)
        shown_id = self.request.query_params["album"]
        return photos.filter(album_id=shown_id)
