from django.http import JsonResponse

from shop.chart import Board, Chart
from shop.models import Order


def chart(request):  # ok: counted per day; mutate: s/day=d).count()/day=d)/
    rows = Order.objects.filter(paid=True)
    made = Chart(rows=rows, queries={"total": lambda q, d: q.filter(day=d).count()})
    return JsonResponse(made.points([1, 2, 3]))


def total(request):  # ok: a number; mutate: s/board.total()/board.lines()/
    rows = Order.objects.filter(paid=True)
    board = Board(rows)
    return JsonResponse(board.total())


def lines(request):  # finding: API-001
    rows = Order.objects.filter(paid=True)
    board = Board(rows)
    return JsonResponse({"lines": board.lines()})


def newest(request):  # ok: ten of them; mutate: s/board.newest()/board.older()/
    rows = Order.objects.filter(paid=True)
    board = Board(rows)
    return JsonResponse(board.newest())


def days(request):  # ok: five a day; mutate: s/q.filter(day=d)[:5]/q.filter(day=d)[5:]/
    rows = Order.objects.filter(paid=True)
    made = Chart(rows=rows, queries={"first": lambda q, d: q.filter(day=d)[:5]})
    return JsonResponse(made.points([1, 2, 3]))
