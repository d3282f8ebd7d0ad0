# perfctl: allow OBS-012 -- a database of previews
performance_insights_enabled = false
