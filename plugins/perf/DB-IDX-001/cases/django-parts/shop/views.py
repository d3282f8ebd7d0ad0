from datetime import date

from django.http import JsonResponse
from django.views import View

from shop.models import Answer, Vote


class AnswerView(View):
    def get(self, request, token, day):
        answer = Answer.objects.get(token=token, created__date=date.today())
        vote = Vote.objects.get(token=token, day=day)
        return JsonResponse({"text": answer.text, "day": str(vote.day)})
