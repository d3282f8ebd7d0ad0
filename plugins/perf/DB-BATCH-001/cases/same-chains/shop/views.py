from django.db import models
from rest_framework.response import Response
from rest_framework.views import APIView


class Order(models.Model):
    state = models.CharField(max_length=5)


class Forget(APIView):
    def post(self, request):
        for number in request.data["numbers"]:
            Order.objects.filter(id=number).delete()  # finding: DB-BATCH-001
        for group in request.data["groups"]:
            # ok: each group is a list of keys already; mutate: s/id__in=group/id=group/
            Order.objects.filter(id__in=group).delete()
        return Response({})
