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

# ok: its alias is kept ready; mutate: s/"aws_lambda_provisioned_concurrency_config" "live"/"aws_lambda_permission" "live"/
resource "aws_lambda_function" "stock" {
  function_name = "stock"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.stock.arn
  function_version = aws_lambda_function.stock.version
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name = aws_lambda_alias.live.function_name
  qualifier     = aws_lambda_alias.live.name
}

resource "aws_apigatewayv2_integration" "stock" {
  integration_uri = aws_lambda_alias.live.invoke_arn
}

# finding: PERF-003 confidence: medium
resource "aws_lambda_function" "bills" {
  function_name = "bills"
}

resource "aws_lambda_alias" "bills" {
  name             = "live"
  function_name    = aws_lambda_function.bills.arn
  function_version = aws_lambda_function.bills.version
}

resource "aws_apigatewayv2_integration" "bills" {
  integration_uri = aws_lambda_alias.bills.invoke_arn
}
