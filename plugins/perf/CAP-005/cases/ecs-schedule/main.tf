resource "aws_appautoscaling_target" "shop" {
  max_capacity = 10
}

resource "aws_appautoscaling_scheduled_action" "morning" {
  schedule = "cron(50 8 * * ? *)"
}
