from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront

MISSING = cloudfront.ErrorResponse(http_status=404, ttl=Duration.hours(1))  # finding: CACHE-011
REFUSED = cloudfront.ErrorResponse(http_status=403, ttl=Duration.seconds(5))  # ok: seconds; mutate: s/seconds(5)/minutes(5)/
