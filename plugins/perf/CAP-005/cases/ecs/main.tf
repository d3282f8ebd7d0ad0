resource "aws_appautoscaling_target" "shop" {
  max_capacity = 10
}
