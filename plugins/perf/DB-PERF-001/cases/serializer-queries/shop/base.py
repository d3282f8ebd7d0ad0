from rest_framework import mixins, viewsets


class Listing(mixins.ListModelMixin, viewsets.GenericViewSet):
    pass
