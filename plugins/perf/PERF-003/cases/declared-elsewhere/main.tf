resource "google_cloud_run_service" "api" {
  name = "api"
  template {
    metadata {
      annotations = { "autoscaling.knative.dev/minScale" = "1" }
    }
  }
}
