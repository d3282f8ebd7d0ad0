# finding: PERF-003
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  memory_size   = 512
}

resource "aws_apigatewayv2_integration" "orders" {
  integration_uri = aws_lambda_function.orders.invoke_arn
}

# ok: kept ready; mutate: s/function_name = aws_lambda_function.carts.function_name/function_name = "other"/
resource "aws_lambda_function" "carts" {
  function_name = "carts"
  memory_size   = 512
}

resource "aws_lambda_provisioned_concurrency_config" "carts" {
  function_name = aws_lambda_function.carts.function_name
}

resource "aws_lambda_function_url" "carts" {
  function_arn = aws_lambda_function.carts.arn
}

# ok: a queue starts it; mutate: s/aws_lambda_event_source_mapping/aws_lambda_function_url/
resource "aws_lambda_function" "mails" {
  function_name = "mails"
}

resource "aws_lambda_event_source_mapping" "mails" {
  function_name = aws_lambda_function.mails.arn
}

# finding: PERF-003
module "prices" {
  source                     = "terraform-aws-modules/lambda/aws"
  function_name              = "prices"
  create_lambda_function_url = true
}

# finding: PERF-003
resource "aws_lambda_function" "returns" {
  function_name = "returns"
  publish       = true
}

resource "aws_lambda_function_url" "returns" {
  function_arn = aws_lambda_function.returns.arn
}
