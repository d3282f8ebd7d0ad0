from django.http import JsonResponse

from shop.models import Event


def events(request, day, venue):
    found = Event.published.filter(starts_on=day, status="open")
    found = found.filter(ends_on__lt=day)
    for seats in (1, 2):
        found |= Event.published.filter(venue=venue, seats=seats)
        found |= Event.published.filter(venue=venue, seats=seats + 1)
        found |= Event.published.filter(venue=venue, seats=seats + 2)
    found |= Event.published.filter(code=day)
    found |= Event.published.filter(code__in=[day], status="done")
    evening = Event.published.filter(venue=venue)
    evening = evening.filter(doors_at__gte=day)
    evening = evening.filter(doors_at__lt=day)
    evening = evening.filter(doors_at__lte=day)
    found |= evening
    return JsonResponse({"events": list(found.values())})
