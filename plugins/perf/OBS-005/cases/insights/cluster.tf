resource "aws_ecs_cluster" "shop" {
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
