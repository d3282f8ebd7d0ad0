import multiprocessing

bind = "0.0.0.0:8000"
cores = multiprocessing.cpu_count()
# finding: CAP-006 confidence: medium
workers = cores * 2 + 1
