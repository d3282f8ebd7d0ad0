resource "aws_cloudfront_distribution" "shop" {
  origin {
    domain_name = aws_lb.shop.dns_name
    origin_id   = "shop"
    custom_origin_config {
      origin_protocol_policy = "https-only"
    }
  }
  default_cache_behavior {
    compress = true
  }
}
