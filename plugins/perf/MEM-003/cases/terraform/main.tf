# finding: MEM-003 confidence: medium
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.13"
  handler       = "app.handler"
}

resource "aws_api_gateway_integration" "orders" {
  uri = aws_lambda_function.orders.invoke_arn
}

# finding: MEM-003 confidence: low
resource "aws_lambda_function" "lean" {
  function_name = "lean"
  runtime       = "provided.al2023"
  handler       = "bootstrap"
}

resource "aws_lambda_function_url" "lean" {
  function_name = aws_lambda_function.lean.function_name
}

# ok: the default of the variable holds; mutate: s/  default = 512\n/  default = null\n/
resource "aws_lambda_function" "carts" {
  function_name = "carts"
  memory_size   = var.memory
}

resource "aws_lambda_function_url" "carts" {
  function_name = aws_lambda_function.carts.function_name
}

variable "memory" {
  default = 512
}

# ok: a schedule calls it, slow is fine; mutate: s/aws_cloudwatch_event_target/aws_apigatewayv2_integration/
resource "aws_lambda_function" "nightly" {
  function_name = "nightly"
}

resource "aws_cloudwatch_event_target" "nightly" {
  arn = aws_lambda_function.nightly.arn
}

resource "aws_lambda_function" "small" {
  function_name = "small"
  memory_size   = 128 # finding: MEM-003 confidence: low
}

resource "aws_lambda_function_url" "small" {
  function_name = aws_lambda_function.small.function_name
}

resource "kubernetes_deployment" "api" {
  metadata {
    name = "api"
  }
  spec {
    template {
      spec {
        container {
          name  = "api" # finding: MEM-003 confidence: medium
          image = "shop/api:1"
        }
        container {
          name  = "proxy" # ok: limited; mutate: s/limits = {/requests = {/
          image = "shop/proxy:1"
          resources {
            limits = {
              memory = "64Mi"
            }
          }
        }
      }
    }
  }
}

# finding: MEM-003 confidence: medium
resource "aws_lambda_function" "queued" {
  function_name = "queued"
}

resource "aws_lambda_event_source_mapping" "queued" {
  function_name = aws_lambda_function.queued.arn
}
