#!/bin/sh
# ok: the timer runs in a browser
gcloud run deploy shop --image "$IMAGE"
