import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({});

export async function looped(key: string) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: key }));
  const answer = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: key }));
  const all: Uint8Array[] = [];
  for await (const piece of answer.Body as any) {
    all.push(piece);
  }
  return Buffer.concat(all); // finding: STOR-PERF-002
}

export async function heard(key: string) {
  const answer = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: key }));
  const all: Buffer[] = [];
  return new Promise((resolve, reject) => {
    answer.Body.on("data", (piece) => all.push(piece));
    answer.Body.on("error", reject);
    answer.Body.on("end", () => resolve(Buffer.concat(all))); // finding: STOR-PERF-002
  });
}

export async function text(key: string) {
  const answer = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: key }));
  const all: Uint8Array[] = [];
  for await (const piece of answer.Body as any) {
    all.push(piece);
  }
  return Buffer.concat(all).toString("utf-8"); // ok: a text; mutate: s/.toString("utf-8")//
}

export async function sent(request: any) {
  const all: Uint8Array[] = [];
  for await (const piece of request) {
    all.push(piece);
  }
  return Buffer.concat(all); // ok: no object of a store; mutate: s/of request)/of request.Body)/
}

export function parts(lists: Buffer[]) {
  return Buffer.concat(lists); // ok: bytes that are there already
}
