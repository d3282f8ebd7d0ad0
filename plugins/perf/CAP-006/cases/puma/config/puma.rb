# finding: CAP-006 confidence: medium
workers Etc.nprocessors
threads 5, 5
