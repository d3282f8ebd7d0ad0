resource "aws_db_instance" "shop" {
  engine                       = "postgres"
  performance_insights_enabled = false # finding: OBS-012 confidence: medium
}

resource "aws_db_instance" "reports" {
  engine                       = "postgres"
  performance_insights_enabled = true # ok: switched on; mutate: s/= true/= false/
}
