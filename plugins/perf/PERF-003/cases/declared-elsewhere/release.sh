# ok: rolls out what main.tf declares; mutate: s/deploy api/deploy other/
gcloud run deploy api --image "$IMAGE" --allow-unauthenticated
# ok: whatever it is called, services are declared in main.tf
gcloud run deploy "$1" --image "$IMAGE" --allow-unauthenticated
