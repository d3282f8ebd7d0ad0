from flask import Blueprint, current_app, jsonify, request

from shop.storage import storage

views = Blueprint("views", __name__)


def with_lines(number, store):
    return {"number": number, "lines": store.lines_of(number)}


@views.route("/orders")
def orders():
    found = []
    for code in request.args.getlist("codes"):
        found.append(storage.order_by_code(code))  # finding: DB-PERF-001 confidence: medium
    for customer in request.args.getlist("customers"):
        found.append(storage.select(where={"customer": customer}))  # finding: DB-PERF-001 confidence: medium
    for number in request.args.getlist("numbers"):
        found.append(with_lines(number, current_app.orders))  # finding: DB-PERF-001 confidence: medium
    for number in request.args.getlist("numbers"):
        found.append(current_app.orders.told_by_mail(number))  # ok: the mail costs more; mutate: s/told_by_mail/lines_of/
    for number in request.args.getlist("numbers"):
        found.append(current_app.orders.shown_name(number))  # ok: another class has one that asks nothing; mutate: s/shown_name/lines_of/
    for text in request.args.getlist("texts"):
        found.append(text.find(code))  # ok: texts have one as well
    for table in current_app.tables:
        found.append(table.select(5))  # ok: nothing says that it is the same; mutate: s/table.select(5)/table.select(where=5)/
    for code in request.args.getlist("codes"):
        found.append(current_app.orders.order_by_code(code, 5))  # ok: takes one argument; mutate: s/(code, 5)/(code)/
    for code in request.args.getlist("codes"):
        found.append(current_app.printer.order_by_code(code))  # ok: a printer may have one as well; mutate: s/current_app.printer/current_app.orders/
    for line in storage.lines_of(request.args["number"]):
        found.append(line)  # ok: asked once
    return jsonify(found)
