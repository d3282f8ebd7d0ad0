LOG_LEVEL = "DEBUG"  # finding: LOG-PERF-001 confidence: medium -- frameworks read the settings of such a file
