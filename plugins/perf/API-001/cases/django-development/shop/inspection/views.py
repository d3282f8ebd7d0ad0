from django.views.generic import ListView

from shop.orders.models import Order


class AllOrders(ListView):  # finding: API-001 confidence: low -- the app is for who develops it
    queryset = Order.objects.all()
