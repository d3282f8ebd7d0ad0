from aws_cdk import Stack
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins


class Front(Stack):
    def __init__(self, scope, name, balancer, bucket):
        super().__init__(scope, name)
        policy = cloudfront.CachePolicy(self, "short", enable_accept_encoding_gzip=True)
        behaviour = cloudfront.BehaviorOptions(
            origin=origins.LoadBalancerV2Origin(balancer),
            cache_policy=policy,
        )
        cloudfront.Distribution(self, "front", default_behavior=behaviour)
