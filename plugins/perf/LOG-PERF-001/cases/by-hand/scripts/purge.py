import logging

logging.basicConfig(level=logging.DEBUG)  # ok: a script that somebody runs and reads

print("purged")
