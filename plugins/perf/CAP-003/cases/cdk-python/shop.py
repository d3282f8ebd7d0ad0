from aws_cdk import aws_ecs as ecs


def scale(service: ecs.FargateService):
    scaling = service.auto_scale_task_count(max_capacity=20)
    scaling.scale_on_cpu_utilization("Cpu", target_utilization_percent=70)  # finding: CAP-003, CAP-003
