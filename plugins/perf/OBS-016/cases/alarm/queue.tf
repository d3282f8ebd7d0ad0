resource "aws_cloudwatch_metric_alarm" "depth" {
  metric_name = "ApproximateAgeOfOldestMessage"
}
