import boto3

s3 = boto3.client("s3")


def draw(key):
    path = f"/tmp/{key}"  # finding: STOR-PERF-001 confidence: high
    s3.download_file("pages", key, path)
    with open("/tmp/index") as index:
        return index.read()


def known(key):
    # ok: only read; mutate: s|open("/tmp/known")|open("/tmp/known", "w")|
    with open("/tmp/known") as known:
        return key in known.read()


def locked(key):
    return open("/tmp/pages.lock", "w")  # ok: a lock and no data; mutate: s|pages.lock|pages.txt|


def short(path):
    return path.replace("/tmp/", "")  # ok: writes nothing
