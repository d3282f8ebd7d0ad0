#!/bin/bash
# finding: CONC-002 confidence: medium
gcloud run deploy api --image "$IMAGE" --memory=256Mi --cpu 1 --concurrency=80
# finding: CONC-002
gcloud run deploy late --image "$IMAGE" --memory 1Gi --concurrency 200
# ok: not known; mutate: s/"$MEMORY"/256Mi/
gcloud run deploy web --image "$IMAGE" --memory "$MEMORY" --concurrency 80
# ok: 2 GiB for 80; mutate: s/2Gi/512Mi/
gcloud run deploy shop --image "$IMAGE" --memory 2Gi --concurrency 80
# perfctl: allow CONC-002 -- answers from memory, 2 KB each
gcloud run deploy tiny --image "$IMAGE" --memory 256Mi --concurrency 80
# finding: CONC-002 confidence: medium
gcloud run deploy lowered --image "$IMAGE" --memory=256Mi
# finding: CONC-002 confidence: low
gcloud run deploy plain --image "$IMAGE" --memory=512Mi
