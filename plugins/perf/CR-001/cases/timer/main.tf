# finding: CR-001 confidence: medium
resource "google_cloud_run_v2_service" "shop" {
  name = "shop"
  template {
    containers {
      image = "shop"
    }
  }
}
