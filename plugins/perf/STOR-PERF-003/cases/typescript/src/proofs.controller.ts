import { Controller, Post, UploadedFile, UseInterceptors } from "@nestjs/common";
import { FileInterceptor } from "@nestjs/platform-express";
import { PutObjectCommand, S3Client, UploadPartCommand } from "@aws-sdk/client-s3";

const s3 = new S3Client({});

@Controller("proofs")
export class ProofsController {
  @Post()
  @UseInterceptors(FileInterceptor("photo")) // finding: STOR-PERF-003
  async keep(@UploadedFile() photo: Express.Multer.File) {
    await s3.send(new PutObjectCommand({ Bucket: "proofs", Key: photo.originalname, Body: photo.buffer }));
  }

  @Post("logo")
  @UseInterceptors(FileInterceptor("file")) // ok: a logo; mutate: s/async logo/async letter/
  async logo(@UploadedFile() file: Express.Multer.File) {
    await s3.send(new PutObjectCommand({ Bucket: "proofs", Key: file.originalname, Body: file.buffer }));
  }

  @Post("part")
  async part(body: string) {
    // finding: STOR-PERF-003
    await s3.send(new UploadPartCommand({ Bucket: "proofs", Key: "film", PartNumber: 1, UploadId: "1", Body: Buffer.from(body, "base64") }));
  }
}
