import json


def lambda_handler(event, context):
    # ok: settings for another machine; mutate: s|{"reports": [{"file": "/tmp/results/all.xml"}]}|"/tmp/results/all.xml"|
    plan = {"reports": [{"file": "/tmp/results/all.xml"}]}
    return json.dumps(plan)
