#!/bin/sh
# ok: the processors stay; mutate: s/ --no-cpu-throttling//; mutate: s/--no-cpu-throttling/--cpu-throttling/
gcloud run deploy shop --image "$IMAGE" --no-cpu-throttling
# ok: another kind of deployment
gcloud run jobs execute nightly
