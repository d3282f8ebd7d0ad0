from django.core.paginator import Paginator
from django.db.models import Count, Max, Prefetch
from django.http import JsonResponse
from django.shortcuts import render
from django.views.generic import ListView

from shop import queries
from shop.models import Currency, Line, Order, Stop
from shop.summary import Summary


class Orders(ListView):  # finding: API-001
    model = Order


class OrderPages(ListView):  # ok: pages of 50; mutate: s/paginate_by = 50/context_object_name = "orders"/
    model = Order
    paginate_by = 50


class Currencies(ListView):  # ok: few by nature; mutate: s/model = Currency/model = Order/
    model = Currency


class Newest(ListView):  # ok: a slice; mutate: s/queryset = Order.objects.order_by("-id")[:20]/queryset = Order.objects.order_by("-id")/
    queryset = Order.objects.order_by("-id")[:20]


def orders(request):  # finding: API-001
    return JsonResponse({"orders": list(Order.objects.values("id", "total"))})


def page(request):  # ok: a paginator; mutate: s/Paginator(rows, 50).get_page(request.GET.get("page"))/rows/
    rows = Order.objects.order_by("id")
    return render(request, "orders.html", {"orders": Paginator(rows, 50).get_page(request.GET.get("page"))})


def newest(request):  # ok: a slice; mutate: s/rows = Order.objects.order_by("-id")[:20]/rows = Order.objects.order_by("-id")/
    rows = Order.objects.order_by("-id")[:20]
    return render(request, "orders.html", {"orders": rows})


def summary(request):  # ok: one row of numbers; mutate: s/.aggregate(lines=Count("id"))/.values("id")/
    return JsonResponse({"sum": Line.objects.filter(open=True).aggregate(lines=Count("id"))})


def totals(request):  # ok: as many as there are states; mutate: s/.annotate(lines=Count("id"))//
    return JsonResponse({"totals": list(Line.objects.values("open").annotate(lines=Count("id")))})


def page_with_lines(request):  # ok: the inner query only goes with a page; mutate: s/Paginator(rows, 20).get_page(request.GET.get("page"))/rows/
    rows = Order.objects.prefetch_related(Prefetch("lines", queryset=Line.objects.select_related("order")))
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "lines.html", {"page": page})


def newest_of_open(request):  # ok: the first query is a condition of a slice; mutate: s/.order_by("-id")[:5]/.order_by("-total")/
    known = Line.objects.filter(open=True).values("order_id")
    rows = Order.objects.filter(pk__in=known).order_by("-id")[:5]
    return render(request, "orders.html", {"orders": rows})


def some(request):  # ok: a sieve keeps what is asked for; mutate: s/ if stop.name == request.GET["name"]//
    return JsonResponse({"stops": [stop.pk for stop in Stop.objects.all() if stop.name == request.GET["name"]]})


def cut_behind(request):  # ok: the caller cuts what a function gives; mutate: s/queries.of_all()[:20]/queries.of_all()/
    rows = queries.of_all()[:20]
    return render(request, "orders.html", {"orders": rows})


def one_of_all(request, key):  # ok: one of what a function gives; mutate: s/queries.of_all().get(pk=key)/queries.of_all()/
    return JsonResponse({"order": queries.of_all().get(pk=key)})


def act(request):  # ok: rows that a function writes; mutate: s/queries.close(rows)/render(request, "orders.html", {"orders": rows})/
    rows = Order.objects.order_by("id")
    return queries.close(rows)


def branches(request, owner):  # finding: API-001 confidence: low
    if request.GET.get("open"):
        rows = Order.objects.filter(owner=owner, open=True)
    else:
        rows = Order.objects.filter(owner=owner)
    rows = rows.order_by("id")
    return render(request, "orders.html", {"orders": rows})


def names(request):  # finding: API-001 confidence: medium
    return JsonResponse({"names": sorted({row[0] for row in Stop.objects.values_list("name")})})


def different_names(request):  # finding: API-001 confidence: low
    # As many as there are names.
    return JsonResponse({"names": list(Stop.objects.values_list("name", flat=True).distinct())})


def different_rows(request):  # finding: API-001 confidence: medium
    return JsonResponse({"names": list(Stop.objects.values_list("id", "name").distinct())})


def in_pages(request, view):  # ok: a page of it is listed; mutate: s/view.paginate(queryset=rows, on_results=lambda page: queries.listed(page))/queries.listed(Order.objects.all())/
    rows = Order.objects.order_by("id")
    return view.paginate(queryset=rows, on_results=lambda page: queries.listed(page))


def of_some(request, found):  # finding: API-001 confidence: low
    # What the query was narrowed by before is not seen.
    return JsonResponse({"rows": queries.listed(found)})


def by_state(request):  # ok: as many as there are states, by way of variables; mutate: s/rows.values("state").annotate(\n        lines=Count("id"), last=Max("id")\n    )/rows.values("state")/
    rows = Line.objects.filter(open=True)
    data = rows.values("state").annotate(
        lines=Count("id"), last=Max("id")
    )
    answer = Summary(data, many=True)
    return JsonResponse(answer.data)


def fitting(request):  # ok: only those that fit; mutate: shop/queries.py s/list(filter(lambda line: word in line.name, rows))/list(rows)/
    return JsonResponse({"lines": [line.pk for line in queries.that_fit(request.GET["q"])]})


def of_mine(request):  # finding: API-001 confidence: low
    rows = Order.objects.all()
    mine = rows.filter(owner=request.user)
    return JsonResponse({"orders": list(mine.values("id"))})


def of_open(request):  # finding: API-001 confidence: medium
    rows = Order.objects.all()
    mine = rows.filter(open=True)
    return JsonResponse({"orders": list(mine.values("id"))})


def filtered(request):  # ok: a sieve keeps what is asked for; mutate: s/filter(lambda stop: stop.name == request.GET["name"], Stop.objects.all())/Stop.objects.all()/
    return JsonResponse({"stops": list(filter(lambda stop: stop.name == request.GET["name"], Stop.objects.all()))})


def grouped(request):  # ok: as many as there are states; mutate: s/rows.values("open").annotate(sum=Count("id"))/rows.values("open")/
    if request.user.is_staff:
        rows = Line.objects.filter(open=True)
    else:
        rows = Line.objects.filter(open=False)
    totals = rows.values("open").annotate(sum=Count("id"))
    answer = dict(rows=totals)
    return JsonResponse(answer)


def by_kind(request):  # ok: groups are taken apart and put together; mutate: shop/queries.py s/.annotate(lines=count)//
    answer, names = queries.of_kinds(Line.objects.filter(open=True), Count("id"))
    return JsonResponse({"kinds": answer, "names": names})


def settings_of(request):  # ok: a function of its own takes one row of each; mutate: s/rows.get_or_create(owner=request.user)/rows, True/
    def own(rows):
        row, created = rows.get_or_create(owner=request.user)
        return row

    order = own(Order.objects.all())
    return JsonResponse({"total": order})


def counted(request):  # ok: the lambda only counts; mutate: s/lambda rows: rows.count()/lambda rows: list(rows.values("id"))/
    size = lambda rows: rows.count()
    return JsonResponse({"orders": size(Order.objects.all())})


def one_by_key(request, key):  # ok: a function of its own gets one row by its key; mutate: s/return rows.get(pk=key)/return list(rows.values("id"))/
    def own(rows):
        return rows.get(pk=key)

    return JsonResponse({"total": own(Order.objects.all())})
