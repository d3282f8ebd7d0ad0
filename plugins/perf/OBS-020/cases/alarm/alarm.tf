resource "aws_cloudwatch_metric_alarm" "memory" {
  metric_name = "MemoryUtilization"
  threshold   = 85
}
