resource "kubernetes_deployment" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    template {
      spec {
        container {
          name    = "api"
          image   = "registry.example/shop:1"
          command = ["gunicorn", "shop.wsgi", "--workers", "16"] # finding: CAP-006 confidence: medium
          resources {
            limits = {
              cpu    = "1"
              memory = "1Gi"
            }
          }
        }
      }
    }
  }
}
