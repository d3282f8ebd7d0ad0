# Handlers, each of which calls `probe`.
from rest_framework.views import APIView
from rest_framework import viewsets, generics
from rest_framework.decorators import api_view, action
class A(APIView):
    def get(self, request): probe()
class B(viewsets.ModelViewSet):
    def list(self, request): probe()
    def get_queryset(self): probe()
    @action(detail=True)
    def extra(self, request, pk=None): probe()
class C(generics.ListAPIView):
    def get_queryset(self): probe()
@api_view(["GET"])
def d(request): probe()
