import type { LambdaInterface } from "@aws-lambda-powertools/commons/types";
import { S3Client, ListBucketsCommand } from "@aws-sdk/client-s3";
import type { Context, SQSEvent } from "aws-lambda";

class Orders implements LambdaInterface {
  public async handler(event: SQSEvent, _context: Context) {
    const client = new S3Client({}); // finding: LAMBDA-002
    return client.send(new ListBucketsCommand({ Prefix: event.Records[0].body }));
  }
}

const orders = new Orders();
export const handler = orders.handler.bind(orders);
