from functools import lru_cache

from shop.models import Customer, SiteSetting


@lru_cache(maxsize=None)  # ok: an answer per setting, and none for other keys; mutate: s/SiteSetting.objects.get(host=host).theme.lower/Customer.objects.get(email=host).name.lower/
def theme_of(host):
    return SiteSetting.objects.get(host=host).theme.lower()


@lru_cache(maxsize=None)  # finding: MEM-004
def customer_of(email):
    return Customer.objects.get(email=email).name


@lru_cache(maxsize=None)  # finding: MEM-004
def theme_or_none(host):
    try:
        return SiteSetting.objects.get(host=host).theme
    except SiteSetting.DoesNotExist:
        return None


@lru_cache(maxsize=None)  # finding: MEM-004
def first_theme(host):
    return SiteSetting.objects.filter(host=host).first()
