import { Stack, Duration } from "aws-cdk-lib";
import * as sqs from "aws-cdk-lib/aws-sqs";

export class Shop extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const parking = new sqs.Queue(this, "Parking"); // ok: dead letters go there; mutate: s/queue: parking/queue: other/
    new sqs.Queue(this, "Orders", { deadLetterQueue: { queue: parking, maxReceiveCount: 5 } }); // ok: dead letters have a place
    new sqs.Queue(this, "Mail", { visibilityTimeout: Duration.seconds(60) }); // finding: JOB-004 confidence: medium
  }
}
