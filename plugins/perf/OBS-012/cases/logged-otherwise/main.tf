resource "aws_db_instance" "shop" {
  engine                       = "postgres"
  performance_insights_enabled = false # ok: the server logs statements once they are slow; mutate: s/500/-1/
}

resource "aws_db_parameter_group" "shop" {
  family = "postgres16"
  parameter {
    name  = "log_min_duration_statement"
    value = "500"
  }
}
