resource "aws_appautoscaling_policy" "worker_cpu" {
  name        = "cpu"
  policy_type = "TargetTrackingScaling"
  resource_id = "service/main/mail-worker"

  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization" # finding: CAP-004 confidence: medium
    }
    target_value = 60
  }
}
