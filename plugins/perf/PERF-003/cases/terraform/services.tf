# finding: PERF-003 confidence: medium
resource "google_cloud_run_service" "api" {
  name = "api"
  template {
    metadata {
      annotations = merge(local.defaults, var.overrides, lookup(var.by_service, "api", {}))
    }
    spec {
      containers {
        image = "api"
      }
    }
  }
}

resource "google_cloud_run_service_iam_member" "everybody" {
  service = google_cloud_run_service.api.name
  role    = "roles/run.invoker"
  member  = "allUsers"
}

# ok: a schedule calls it; mutate: s/google_cloud_run_service.job.status/google_cloud_run_service.other.status/; mutate: s/"roles-job"/"allUsers"/
resource "google_cloud_run_service" "job" {
  name = "job"
  template {
    metadata {
      annotations = { "autoscaling.knative.dev/maxScale" = "1" }
    }
  }
}

resource "google_cloud_scheduler_job" "nightly" {
  http_target {
    uri = google_cloud_run_service.job.status[0].url
  }
}

resource "google_cloud_run_service_iam_member" "job" {
  service = google_cloud_run_service.job.name
  member  = "roles-job"
}

# ok: two callers may say it; mutate: s/var.unset/0/
resource "google_cloud_run_v2_service" "web" {
  name = "web"
  template {
    scaling {
      min_instance_count = var.unset
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "web" {
  name   = google_cloud_run_v2_service.web.name
  member = "allUsers"
}

# finding: PERF-003
resource "google_cloud_run_v2_service" "shop" {
  name = "shop"
  template {
    scaling {
      min_instance_count = var.least
    }
  }
}

resource "google_compute_region_network_endpoint_group" "shop" {
  cloud_run {
    service = google_cloud_run_v2_service.shop.name
  }
}

# finding: PERF-003
resource "google_cloud_run_v2_service" "stock" {
  name = "stock"
  template {
    # One that is small.
    scaling {
      max_instance_count = 4 # enough
    }
  }
}

# finding: PERF-003
resource "google_cloud_run_v2_service" "search" {
  name = "search"
  template {
    timeout = "10s"
    containers {
      image = "search"
    }
  }
}

resource "google_compute_region_network_endpoint_group" "others" {
  cloud_run {
    service = google_cloud_run_v2_service.stock.name
  }
  tags = google_cloud_run_v2_service.search.name
}

# finding: PERF-003
resource "google_cloudfunctions2_function" "quote" {
  name = "quote"
  service_config {
    available_memory = "256M"
  }
}

resource "google_cloudfunctions2_function_iam_member" "quote" {
  cloud_function = google_cloudfunctions2_function.quote.name
  member         = "allUsers"
}
