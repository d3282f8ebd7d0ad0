resource "google_cloud_run_v2_service" "shop" {
  name = "shop"
  template {
    containers {
      image = "shop"
      resources {
        # ok: resources are written down, so that the provider leaves the processors on; mutate: s/limits = { memory = "512Mi" }/cpu_idle = true/
        limits = { memory = "512Mi" }
      }
    }
  }
}
