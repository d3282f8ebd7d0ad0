const fs = require("fs");
const { Client } = require("minio");
const { PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");

const minio = new Client({});
const s3 = new S3Client({});

exports.keep = function (path, done) {
  // finding: STOR-PERF-002 confidence: medium
  fs.readFile(path, (error, content) => {
    minio.putObject("pictures", path, content, content.length, (failure) => done(error || failure));
  });
};

exports.copy = function (path, done) {
  // finding: STOR-PERF-002 confidence: medium
  fs.readFile(path, function (error, content) {
    const wanted = { Bucket: "pictures", Key: path, Body: content };
    s3.send(new PutObjectCommand(wanted)).then(() => done(error));
  });
};

exports.count = function (path, done) {
  // ok: nothing of it is stored; mutate: s|done(error, content.length)|minio.putObject("pictures", path, content)|
  fs.readFile(path, (error, content) => done(error, content.length));
};
