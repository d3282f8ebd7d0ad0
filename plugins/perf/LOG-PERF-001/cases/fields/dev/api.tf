resource "aws_appsync_graphql_api" "shop" {
  log_config {
    field_log_level = "ALL" # ok: nobody else uses it
  }
}
