#!/bin/sh
# ok: the work is in code that this does not deploy
gcloud run deploy front --source .
