resource "aws_cloudwatch_metric_alarm" "hits" {
  namespace   = "AWS/ElastiCache"
  metric_name = "CacheHitRate"
}
