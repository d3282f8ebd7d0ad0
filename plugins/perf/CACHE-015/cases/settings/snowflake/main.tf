resource "snowflake_session_parameter" "cache" {
  # finding: CACHE-015
  key   = "USE_CACHED_RESULT"
  value = "false"
  user  = "REPORTS"
}

resource "aws_redshift_parameter_group" "reports" {
  name   = "reports"
  family = "redshift-1.0"

  parameter {
    # ok: on; mutate: s/value = "true"/value = "false"/
    name  = "enable_result_cache_for_session"
    value = "true"
  }
}
