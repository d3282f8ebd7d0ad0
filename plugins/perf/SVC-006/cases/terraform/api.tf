resource "aws_apigatewayv2_api" "shop" {
  protocol_type = "HTTP"
}
