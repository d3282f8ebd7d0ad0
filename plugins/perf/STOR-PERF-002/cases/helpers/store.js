const fs = require("fs");
const { GetObjectCommand, PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");

const s3 = new S3Client({});

class Store {
  _read(name) {
    return fs.readFileSync(`/uploads/${name}`); // finding: STOR-PERF-002
  }

  _rules(name) {
    return fs.readFileSync(`/rules/${name}`); // ok: is never stored; mutate: s/Body: content/Body: this._rules(name)/
  }

  async keep(name) {
    const content = this._read(name);
    await s3.send(new PutObjectCommand({ Bucket: "shop", Key: name, Body: content, Metadata: { rules: String(this._rules(name).length) } }));
  }

  async open(name) {
    const answer = await s3.send(new GetObjectCommand({ Bucket: "shop", Key: name }));
    return answer.Body;
  }
}

module.exports = new Store();
