from aws_cdk import aws_elasticloadbalancingv2 as elbv2


def target_group(scope, vpc):
    return elbv2.ApplicationTargetGroup(scope, "shop", vpc=vpc, health_check=elbv2.HealthCheck(path="/orders/there/"))
