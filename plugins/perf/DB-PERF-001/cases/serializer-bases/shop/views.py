from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from shop.models import Award, Letter, Order, Parcel
from shop.serializers import AwardSerializer, LetterSerializer, OrderSerializer, ParcelSerializer


class OrdersOfUser(viewsets.ModelViewSet):
    def orders_for(self, request):
        # finding: DB-PERF-001
        rows = Order.objects.all()
        if request.GET.get("open"):
            rows = rows.filter(open=True)
        return rows

    def joined_for(self, request):
        # ok: joined; mutate: s/.select_related("customer")//
        rows = Order.objects.select_related("customer")
        return rows


class OrderView(OrdersOfUser):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return super().orders_for(self.request)

    @action(detail=True, serializer_class=AwardSerializer)
    def awards(self, request, pk):
        awards = Award.objects.filter(order=pk)  # ok: shown by what the action names; mutate: shop/serializers.py s/class AwardSerializer(serializers.ModelSerializer):/class AwardSerializer(serializers.ModelSerializer):\n    giver = NamedField(read_only=True)\n/ shop/serializers.py s/"year"/"giver"/
        return Response(self.get_serializer(awards, many=True).data)


class JoinedView(OrdersOfUser):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return super().joined_for(self.request)


class SentView(viewsets.GenericViewSet, mixins.ListModelMixin):
    def get_queryset(self):
        return self.sent_class.objects.filter(owner=self.request.user)  # finding: DB-PERF-001


class ParcelView(SentView):
    serializer_class = ParcelSerializer
    sent_class = Parcel


class LetterView(SentView):
    serializer_class = LetterSerializer
    sent_class = Letter


class KeptView(viewsets.GenericViewSet, mixins.ListModelMixin):
    def get_queryset(self):
        return self.kept_class.objects.all()  # ok: no relation is shown; mutate: shop/serializers.py s/class AwardSerializer(serializers.ModelSerializer):/class AwardSerializer(serializers.ModelSerializer):\n    giver = NamedField(read_only=True)\n/ shop/serializers.py s/"year"/"giver"/


class KeptAwardView(KeptView):
    serializer_class = AwardSerializer
    kept_class = Award
