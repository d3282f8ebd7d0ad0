# Handlers, each of which calls `probe`.
from django.views import View
from django.views.generic import ListView, DetailView
from django.http import JsonResponse
def index(request): probe()
class A(View):
    def get(self, request): probe()
class B(ListView):
    def get_queryset(self): probe()
def ninja_less(request, pk):
    probe()
    return JsonResponse({})
