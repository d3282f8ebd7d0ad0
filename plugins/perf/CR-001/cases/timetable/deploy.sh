#!/bin/sh
# finding: CR-001 confidence: medium
gcloud run deploy shop --image "$IMAGE"
