gcloud run deploy scores --source=. --min-instances=0
