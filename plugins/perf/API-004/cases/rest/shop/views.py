from rest_framework.generics import ListAPIView

from shop.models import Depot, Order


class Orders(ListAPIView):  # finding: API-004 confidence: low
    queryset = Order.objects.all()


class Filtered(ListAPIView):  # ok: filters; mutate: s/    filterset_fields = ["state"]\n//
    queryset = Order.objects.all()
    filterset_fields = ["state"]


class Asked(ListAPIView):  # ok: asks the request; mutate: s/self.request.GET/self.known/
    queryset = Order.objects.all()

    def get_queryset(self):
        return Order.objects.filter(state=self.request.GET["state"])


class Depots(ListAPIView):  # ok: it is not known that there are many; mutate: s/Depot.objects/Order.objects/
    queryset = Depot.objects.all()


class OfDepot(ListAPIView):  # ok: of the depot in the path; mutate: s/self.kwargs["depot"]/3/
    queryset = Order.objects.all()

    def get_queryset(self):
        return Order.objects.filter(depot=self.kwargs["depot"])
