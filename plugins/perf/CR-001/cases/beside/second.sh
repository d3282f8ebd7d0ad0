#!/bin/sh
# ok: which of the two runs the code is not known
gcloud run deploy shop --image "$IMAGE"
