resource "aws_ecs_service" "orders" {
  name = "orders"
}
