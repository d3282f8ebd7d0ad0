resource "aws_appautoscaling_policy" "worker_cpu" {
  resource_id = aws_appautoscaling_target.worker.resource_id
  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization" # ok: a step policy looks at the queue; mutate: s/id = aws_appautoscaling_target.worker.resource_id # same/id = "other"/
    }
    target_value = 60
  }
}

resource "aws_appautoscaling_policy" "depth" {
  resource_id = aws_appautoscaling_target.worker.resource_id # same
  policy_type = "StepScaling"
}
