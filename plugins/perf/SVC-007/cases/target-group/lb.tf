resource "aws_lb_target_group" "shop" {
  port     = 8000
  protocol = "HTTP"
  health_check {
    enabled = false # finding: SVC-007 confidence: high
  }
}

# ok: asked at / every 30 s unless said
resource "aws_lb_target_group" "prices" {
  port     = 8000
  protocol = "HTTP"
}

resource "aws_lb_target_group" "function" {
  target_type = "lambda"
  health_check {
    enabled = false # ok: a function is not asked; mutate: s/target_type = "lambda"/target_type = "ip"/
  }
}
