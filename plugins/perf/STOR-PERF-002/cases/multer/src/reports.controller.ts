import { Controller, Post, UploadedFile, UseInterceptors } from "@nestjs/common";
import { FileInterceptor, FilesInterceptor } from "@nestjs/platform-express";

@Controller("reports")
export class ReportsController {
  constructor(private readonly storage: Storage) {}

  @Post()
  @UseInterceptors(FileInterceptor("file")) // finding: STOR-PERF-002 confidence: medium
  store(@UploadedFile() file: Express.Multer.File) {
    return this.storage.save("report", file.buffer);
  }

  @Post("many")
  // finding: STOR-PERF-002 confidence: medium
  @UseInterceptors(FilesInterceptor("files", 10))
  many() {
    return 1;
  }

  @Post("capped")
  @UseInterceptors(FileInterceptor("file", { limits: { fileSize: 1_000_000 } })) // ok: so many bytes; mutate: s/{ limits: { fileSize: 1_000_000 } }/{}/
  capped() {
    return 1;
  }
}
