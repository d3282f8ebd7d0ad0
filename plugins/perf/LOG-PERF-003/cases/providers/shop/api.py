import sys

from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, ParentBased, TraceIdRatioBased

app = FastAPI()

if "pytest" not in sys.modules:
    trace.set_tracer_provider(TracerProvider())  # finding: LOG-PERF-003

orders = TracerProvider(  # finding: LOG-PERF-003
    resource=Resource.create({"service.name": "orders"}),
)
stock = TracerProvider(sampler=ALWAYS_ON)  # finding: LOG-PERF-003
cart = TracerProvider(sampler=ParentBased(TraceIdRatioBased(1.0)))  # finding: LOG-PERF-003
mail = TracerProvider(sampler=ParentBased(TraceIdRatioBased(0.05)))  # ok: one in twenty; mutate: s/0.05/1/
