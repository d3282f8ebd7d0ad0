# finding: PERF-003
resource "google_cloud_run_service" "api" {
  name = "api"
  template {
    metadata {
      annotations = {
        "autoscaling.knative.dev/maxScale" = "10" # enough
      }
    }
  }
}

resource "google_cloud_run_service_iam_member" "everybody" {
  service = google_cloud_run_service.api.name
  member  = "allUsers"
}
