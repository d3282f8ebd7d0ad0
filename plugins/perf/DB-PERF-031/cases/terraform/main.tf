resource "aws_dynamodb_table" "orders" {
  name      = "orders"
  hash_key  = "id" # ok: one for each order; mutate: s/"id"/"status"/
  range_key = "status"

  global_secondary_index {
    name            = "by_state"
    hash_key        = "is_open" # finding: DB-PERF-031
    range_key       = "created_at"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "by_any"
    hash_key        = var.key # ok: a variable decides; mutate: s/var.key/"status"/
    projection_type = "ALL"
  }
}
