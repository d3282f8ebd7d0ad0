#!/bin/sh
set -e
# finding: PERF-003 confidence: medium
gcloud run deploy api --allow-unauthenticated \
  --image "$REGISTRY/api:$TAG"
# ok: kept ready; mutate: s/ --min-instances=2//
gcloud run deploy web --image "$REGISTRY/web" --allow-unauthenticated --min-instances=2
# ok: set later; mutate: s/--min-instances 1 cart/cart/
gcloud beta run deploy cart --image "$REGISTRY/cart" --allow-unauthenticated
gcloud run services update --min-instances 1 cart
# ok: the options are not known; mutate: s/ $OPTIONS//
gcloud run deploy stock --image "$REGISTRY/stock" --allow-unauthenticated $OPTIONS
# ok: nobody outside may call it; mutate: s/--no-allow/--allow/
gcloud run deploy ledger --image "$REGISTRY/ledger" --no-allow-unauthenticated
gcloud run services describe api # ok: reads
gcloud run services update-traffic api --to-latest # ok: shifts traffic
# finding: PERF-003 confidence: low
gcloud run deploy unknown --image "$REGISTRY/unknown"
# finding: PERF-003
deploy_when_built "$BUILD" "gcloud run deploy late --allow-unauthenticated --image "$REGISTRY/late""
# ok: events start it; mutate: s/--trigger-topic=orders/--trigger-http --allow-unauthenticated/
gcloud functions deploy on-order --trigger-topic=orders --runtime python313
# finding: PERF-003
gcloud functions deploy prices --trigger-http --allow-unauthenticated --min-instances=0
# perfctl: allow PERF-003 -- a preview, 2 s are fine
gcloud run deploy preview --image "$REGISTRY/preview" --allow-unauthenticated
