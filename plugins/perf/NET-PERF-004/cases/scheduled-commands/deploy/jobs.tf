resource "scheduler_job" "rates" {
  schedule = "cron(5 1 * * ? *)"
  command  = "manage.py read_rates --quiet"
}

resource "scheduler_job" "table" {
  schedule = "cron(15 1 * * ? *)"
  command  = "/srv/shop/deploy/nightly.sh"
}

# command = "manage.py load_archive"
