from django.views.generic import TemplateView

from shop.models import Offer


class HomeView(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # finding: CR-002 confidence: medium
        context["offers"] = Offer.objects.all()[:10]
        return context


class OffersView(TemplateView):
    template_name = "offers.html"

    def get_context_data(self, **kwargs):
        # ok: nothing probes it; mutate: infra/balancer.py s/path="\/"/path="\/offers\/"/
        return {"offers": Offer.objects.all()[:10]}
