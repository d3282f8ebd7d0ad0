import jwt
import requests
from django.core.cache import cache
from django.http import JsonResponse
from django.urls import path

KEEP = 6 * 60 * 60


def read_token(token):
    cache_key = "discovery"
    config = cache.get(cache_key)
    if config is None:
        config = requests.get("https://login.example.org/.well-known/openid-configuration", timeout=5).json()
        cache.set(cache_key, config, timeout=KEEP)
    address = config.get("jwks_uri")
    # finding: CACHE-002 -- the address is kept, and the keys are not
    keys = jwt.PyJWKClient(address)
    return jwt.decode(token, key=keys.get_signing_key_from_jwt(token).key, algorithms=["RS256"])


def read_with_kept_keys(token):
    address = "https://login.example.org/keys"
    keys = cache.get(address)
    if keys is None:
        # ok: kept after it was made; mutate: s/cache.set(address, keys)/print(keys)/; s/keys = cache.get(address)/keys = None/
        keys = jwt.PyJWKClient(address)
        cache.set(address, keys)
    return jwt.decode(token, key=keys.get_signing_key_from_jwt(token).key, algorithms=["RS256"])


def login(request):
    return JsonResponse(read_token(request.POST["token"]))


def renew(request):
    return JsonResponse(read_with_kept_keys(request.POST["token"]))


urlpatterns = [path("login", login), path("renew", renew)]
