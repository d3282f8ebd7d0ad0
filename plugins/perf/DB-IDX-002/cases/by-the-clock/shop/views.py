from django.http import JsonResponse
from django.urls import path

from shop.models import ApiToken, LoginToken


def login(request):
    api = ApiToken.objects.filter(digest=request.GET["digest"])
    return JsonResponse({"known": bool(api) or bool(LoginToken.objects.filter(digest=request.GET["digest"]))})


urlpatterns = [path("login", login)]
