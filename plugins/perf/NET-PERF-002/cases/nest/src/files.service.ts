import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Controller, Get, Injectable } from "@nestjs/common";

@Injectable()
export class FilesService {
  private readonly kept = new S3Client({}); // ok: the container makes one instance

  client(): S3Client {
    return new S3Client({ region: "eu-central-1" }); // finding: NET-PERF-002
  }

  async get(key: string) {
    return this.client().send(new GetObjectCommand({ Bucket: "shop", Key: key }));
  }
}

@Controller("files")
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Get(":key")
  async one(key: string) {
    return this.files.get(key);
  }
}
