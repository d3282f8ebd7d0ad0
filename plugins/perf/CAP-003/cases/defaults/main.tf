resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.shop.resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"

  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization" # finding: CAP-003 confidence: low
    }
    target_value = 60
  }
}

resource "aws_appautoscaling_policy" "soon" {
  name               = "soon"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.search.resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"

  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization" # ok: says how long; mutate: s/    scale_out_cooldown = 30//
    }
    target_value       = 60
    scale_out_cooldown = 30
  }
}
