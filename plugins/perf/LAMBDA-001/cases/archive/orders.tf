data "archive_file" "all" {
  type        = "zip"
  source_dir  = "${path.module}/.." # finding: LAMBDA-001
  output_path = "all.zip"
}

data "archive_file" "here" {
  type        = "zip"
  source_dir  = path.module # finding: LAMBDA-001
  output_path = "here.zip"
}

data "archive_file" "own" {
  type        = "zip"
  source_dir  = "${path.module}/src" # ok: what the function needs; mutate: s|/src"|/"|
  output_path = "own.zip"
}

data "archive_file" "sifted" {
  type        = "zip"
  source_dir  = "." # ok: sifted; mutate: s|  excludes    = [".git", ".terraform"]\n||
  excludes    = [".git", ".terraform"]
  output_path = "sifted.zip"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  filename      = "all.zip"
}
