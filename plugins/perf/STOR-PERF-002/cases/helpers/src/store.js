const fs = require("fs");
const { GetObjectCommand, PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");

class Store {
  constructor() {
    this.s3 = new S3Client({});
  }

  content(name) {
    return fs.readFileSync(`/uploads/${name}`); // finding: STOR-PERF-002
  }

  settings(name) {
    return fs.readFileSync(`/settings/${name}`); // ok: handed to no store; mutate: s/Body: parsed.name/Body: content/
  }

  async keep(file) {
    const content = this.content(file.name);
    const params = { Bucket: "files", Key: file.id, Body: content };
    await this.s3.send(new PutObjectCommand(params));
  }

  async configure(name) {
    const content = this.settings(name);
    const parsed = JSON.parse(name);
    await this.s3.send(new PutObjectCommand({ Bucket: "files", Key: "s", Body: parsed.name }));
    return content.length;
  }

  async open(id) {
    const object = await this.s3.send(new GetObjectCommand({ Bucket: "files", Key: id }));
    return object.Body;
  }
}

module.exports = new Store();
