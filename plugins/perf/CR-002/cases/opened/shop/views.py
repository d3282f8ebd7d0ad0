from django.db import connection, connections
from django.http import HttpResponse


def status_check(request):
    for name in connections:
        # finding: CR-002 confidence: medium
        connections[name].cursor()
    return HttpResponse("OK")


def is_there(request):
    # finding: CR-002 confidence: medium
    connection.ensure_connection()
    return HttpResponse("OK")


def report(request):
    connection.ensure_connection()  # ok: nothing probes it; mutate: infra/balancer.py s|"/orders/there/"|"/reports/"|
    return HttpResponse("rows")
