import { S3Client } from "@aws-sdk/client-s3";
import express from "express";

class Files {
  static shared: S3Client | undefined;
  own: S3Client | undefined;

  constructor(private readonly id: string) {}

  static client() {
    if (!this.shared) {
      this.shared = new S3Client({}); // ok: the class keeps it; mutate: s/  static client() {/  client() {/ s/Files.client()/new Files("a").client()/
    }
    return this.shared;
  }

  made() {
    this.own ??= new S3Client({}); // finding: NET-PERF-002 confidence: high
    return this.own;
  }
}

const app = express();

app.get("/files", async (request, response) => {
  response.json(await Files.client().send(request.query.command));
});

app.get("/files/:id", async (request, response) => {
  const files = new Files(request.params.id);
  response.json(await files.made().send(request.query.command));
});
