resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-5xx"
  metric_name         = "HTTPCode_Target_5XX_Count"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  threshold           = 10
}
