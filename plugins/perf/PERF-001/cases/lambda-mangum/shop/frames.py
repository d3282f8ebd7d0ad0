import numpy as np  # ok: pandas brings it, and is a finding of its own; mutate: s/import pandas as frames_of/import json as frames_of/
import pandas as frames_of  # finding: PERF-001


def summary():
    return np.median(frames_of.read_csv("orders.csv")["cents"])
