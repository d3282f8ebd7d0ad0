import django_filters

from shop.models import Event


class EventFilter(django_filters.FilterSet):
    class Meta:
        model = Event
        fields = {"starts_on": ["exact", "gte"], "ends_on": ["lte"], "status": ["exact"]}
