resource "aws_cloudfront_distribution" "shop" {
  custom_error_response {
    error_code            = 404
    error_caching_min_ttl = 300 # finding: CACHE-011
  }

  custom_error_response {
    error_code            = 403
    error_caching_min_ttl = 10 # ok: seconds; mutate: s/= 10/= 600/
  }

  # the pages of the application
  custom_error_response {
    error_code            = 403
    response_code         = 200
    response_page_path    = "/index.html"
    error_caching_min_ttl = 300 # ok: becomes an answer 200; mutate: s/response_code         = 200/response_code         = 404/
  }
}
