import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const s3 = new S3Client({});

export async function POST(request: Request) {
  const form = await request.formData(); // ok: the client sends it to the store itself
  return Response.json(await getSignedUrl(s3, new PutObjectCommand({ Bucket: "proofs", Key: String(form.get("key")) })));
}
