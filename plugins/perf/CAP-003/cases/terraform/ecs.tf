resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"

  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
    target_value       = var.cpu # finding: CAP-003 confidence: medium
    scale_out_cooldown = 300     # finding: CAP-003 confidence: medium
    scale_in_cooldown  = 300     # ok: instances are taken away slowly
  }
}

variable "cpu" {
  default = 75
}

resource "kubernetes_horizontal_pod_autoscaler_v2" "search" {
  metadata {
    name = "search"
  }
  spec {
    max_replicas = 10
    metric {
      type = "Resource"
      resource {
        name = "cpu"
        target {
          type                = "Utilization"
          average_utilization = 90 # finding: CAP-003 confidence: medium
        }
      }
    }
  }
}
