resource "aws_cloudfront_distribution" "shop" {
  enabled = true
}
