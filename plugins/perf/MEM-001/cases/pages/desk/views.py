from django.core.paginator import Paginator
from django.shortcuts import render

from desk.models import Letter, Stamp


class Row:
    def __init__(self, letter):
        self.letter = letter


def letters(request):
    rows = []
    for letter in Letter.objects.filter(is_read=False):  # finding: MEM-001 confidence: medium
        rows.append(Row(letter))
    return render(request, "letters.html", {"page": Paginator(rows, 25).get_page(request.GET.get("page"))})


def every(request):
    rows = []
    for letter in Letter.objects.order_by("id"):  # finding: MEM-001
        rows.append(Row(letter))
    return render(request, "letters.html", {"page": Paginator(rows, 25).get_page(1)})


def titles(request):
    rows = [letter.title for letter in Letter.objects.filter(is_read=False)]  # finding: MEM-001
    return render(request, "letters.html", {"page": Paginator(rows, 25).get_page(1)})


def paged(request):
    letters = Letter.objects.filter(is_read=True)
    page = Paginator(letters, 25).get_page(1)  # ok: the paginator asks for a page; mutate: s/Paginator(letters, 25)/Paginator(list(letters), 25)/
    return render(request, "letters.html", {"rows": [Row(letter) for letter in page]})


def words(request):
    rows = [word for word in request.GET["words"].split()]  # ok: no rows
    return render(request, "letters.html", {"page": Paginator(rows, 25).get_page(1)})


def mark(request, title):
    found = Letter.objects.filter(title__startswith=title)
    if found:  # finding: MEM-001 confidence: medium
        found.update(is_read=True)
    return render(request, "done.html")


def mark_some(request, title):
    found = Letter.objects.filter(title__startswith=title)
    if found.exists():  # ok: asks for one row; mutate: s/if found.exists():/if found:/
        found.update(is_read=True)
    return render(request, "done.html")


def shown(request, title):
    found = Letter.objects.filter(title__startswith=title)
    if found:  # ok: the rows are shown
        for letter in found:
            letter.title.strip()
        found.update(is_read=True)
    return render(request, "done.html")


def unstamp(request, letter, day):
    found = Stamp.objects.filter(letter=letter, day=day)
    if found:  # ok: one row at most; mutate: s/filter(letter=letter, day=day)/filter(day=day)/
        found.delete()
    return render(request, "done.html")


def pay(request, letter):
    found = Stamp.objects.filter(letter=letter)
    if found:  # finding: MEM-001 confidence: low -- those of one letter
        found.update(is_paid=True)
    return render(request, "done.html")
