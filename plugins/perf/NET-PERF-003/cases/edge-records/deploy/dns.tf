resource "cloudflare_dns_record" "api" {
  zone_id = var.zone
  name    = "api"
  type    = "CNAME"
  content = replace(module.shop.api_address, "https://", "")
  proxied = true # api
}

resource "cloudflare_record" "pages" {
  zone_id = var.zone
  name    = "www"
  type    = "CNAME"
  value   = "shop.pages.dev"
  proxied = true
}
