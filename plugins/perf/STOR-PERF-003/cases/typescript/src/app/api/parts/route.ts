import { PutObjectCommand, S3Client, UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const s3 = new S3Client({});

export async function POST(request: Request) {
  const { uploadId, parts } = await request.json();
  const urls = await Promise.all(
    Array.from({ length: parts }, async (_, index) => {
      // ok: each part is signed; mutate: s/await getSignedUrl(s3, part)/await s3.send(part)/
      const part = new UploadPartCommand({ Bucket: "films", Key: "film", PartNumber: index + 1, UploadId: uploadId });
      const url = await getSignedUrl(s3, part);
      return { url };
    }),
  );
  return Response.json({ urls });
}

export async function PUT(request: Request) {
  const form = await request.formData(); // ok: the command is signed; mutate: s/await getSignedUrl(s3, put)/await s3.send(put)/
  const put = new PutObjectCommand({ Bucket: "films", Key: String(form.get("key")) });
  return Response.json(await getSignedUrl(s3, put));
}
