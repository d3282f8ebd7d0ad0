bind = ":5000"
workers = 2  # finding: OBS-017 confidence: medium
