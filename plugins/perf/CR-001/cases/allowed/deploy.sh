#!/bin/sh
# perfctl: allow CR-001 -- the mails may wait for the next request
gcloud run deploy shop --image "$IMAGE"
