resource "aws_cloudwatch_metric_alarm" "errors" {
  metric_name = "HTTPCode_Target_5XX_Count"
}
