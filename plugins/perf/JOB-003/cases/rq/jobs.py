from redis import Redis
from rq import Queue, Retry

queue = Queue(connection=Redis())
queue.enqueue(print, 1, retry=Retry(max=3))  # finding: JOB-003 confidence: high
queue.enqueue(print, 2, retry=Retry(max=3, interval=[10, 30, 60]))  # ok: pauses grow; mutate: s/, interval=[10, 30, 60]//
queue.enqueue(print, 3, retry=Retry(max=3, interval=0))  # finding: JOB-003 confidence: high
