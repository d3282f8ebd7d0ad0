resource "google_cloud_run_v2_service" "api" {
  name = "api"
  template {
    max_instance_request_concurrency = 100 # finding: CONC-002
    containers {
      image = "api"
      resources {
        limits = { cpu = "1", memory = "512Mi" }
      }
    }
  }
}

resource "google_cloud_run_service" "web" {
  name = "web"
  template {
    spec {
      container_concurrency = 20 # ok: 51 MiB each; mutate: s/= 20/= 300/
      containers {
        image = "web"
        resources {
          limits = { memory = "1Gi" }
        }
      }
    }
  }
}
