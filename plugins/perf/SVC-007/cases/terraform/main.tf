resource "kubernetes_service" "shop" {
  metadata { name = "shop" }
  spec {
    selector = { app = "shop" }
  }
}

resource "kubernetes_deployment" "shop" {
  metadata { name = "shop" }
  spec {
    template {
      spec {
        container {
          name  = "api" # finding: SVC-007 confidence: medium
          image = "registry.example/shop:1"
        }
        container {
          name  = "asked" # ok: asked; mutate: s/readiness_probe/liveness_probe/
          image = "registry.example/shop:1"
          readiness_probe {
            http_get {
              path = "/ready"
              port = 8000
            }
          }
        }
      }
    }
  }
}
