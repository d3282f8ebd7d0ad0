resource "aws_cloudwatch_dashboard" "shop" {
  dashboard_name = "shop"
}
