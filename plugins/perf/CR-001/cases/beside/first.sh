#!/bin/sh
# ok: which of the two runs the code is not known; mutate: s/deploy mails/deploy shop/
gcloud run deploy mails --image "$IMAGE"
