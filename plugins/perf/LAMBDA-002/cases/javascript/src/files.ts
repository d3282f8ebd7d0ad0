import { S3Client, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { orderTable } from "./tables";

const shared = new S3Client({}); // ok: made with the module

export const list = async (event: { prefix: string }) => {
  // finding: LAMBDA-002 confidence: high
  const s3 = new S3Client({});
  await orderTable();
  await shared.send(new ListObjectsV2Command({ Bucket: "files" }));
  return s3.send(new ListObjectsV2Command({ Bucket: "files", Prefix: event.prefix }));
};
