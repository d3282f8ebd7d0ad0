PLAIN_LOG_LEVEL = "DEBUG"  # finding: LOG-PERF-001 confidence: medium
