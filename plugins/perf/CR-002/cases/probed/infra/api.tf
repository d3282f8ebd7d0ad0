resource "aws_lb_target_group" "api" {
  health_check {
    interval = 30
    path     = "/prices"
  }
}
