import { Duration } from "aws-cdk-lib";
import { FargateService } from "aws-cdk-lib/aws-ecs";

export function scale(service: FargateService) {
  const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 20 });
  scaling.scaleOnCpuUtilization("Cpu", {
    targetUtilizationPercent: 80, // finding: CAP-003 confidence: medium
    scaleOutCooldown: Duration.minutes(5), // finding: CAP-003 confidence: medium
    scaleInCooldown: Duration.minutes(5), // ok: instances are taken away slowly
  });
}
