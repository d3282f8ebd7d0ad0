#!/bin/sh
# finding: CR-001 confidence: low
gcloud run deploy shop --image "$IMAGE"
