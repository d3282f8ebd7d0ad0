import type { LambdaInterface } from "@aws-lambda-powertools/commons/types";
import { S3Client, ListBucketsCommand } from "@aws-sdk/client-s3";
import type { Context, SQSEvent } from "aws-lambda";

const client = new S3Client({}); // ok: the module keeps it

class Prices implements LambdaInterface {
  public async handler(event: SQSEvent, _context: Context) {
    return client.send(new ListBucketsCommand({ Prefix: event.Records[0].body }));
  }
}

const prices = new Prices();
export const handler = prices.handler.bind(prices);
