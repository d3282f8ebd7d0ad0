variable "least" {}

# ok: who calls the module decides
resource "google_cloud_run_v2_service" "api" {
  name = "api"
  template {
    scaling {
      min_instance_count = var.least
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "api" {
  name   = google_cloud_run_v2_service.api.name
  member = "allUsers"
}
