resource "aws_cloudfront_distribution" "pages" {
  origin {
    domain_name = aws_s3_bucket.pages.bucket_regional_domain_name
    origin_id   = "pages"
  }
  # a custom_origin_config is not needed for a bucket
  default_cache_behavior {
    compress = true
  }
}
