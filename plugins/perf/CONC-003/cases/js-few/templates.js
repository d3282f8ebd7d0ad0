const { S3Client, DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } = require("@aws-sdk/client-s3");

const s3 = new S3Client({});
const SMALL = [{ name: "small-480p" }, { name: "small-720p" }];
const LARGE = [{ name: "large-1080p" }, { name: "large-2160p" }];

async function removeTemplates(client, templates, prefix) {
  for (const template of templates) {
    await client.send(new DeleteObjectCommand({ Bucket: "templates", Key: prefix + template.name })); // ok: all callers have written down the few of them
  }
}

async function removeFiles(files) {
  for (const file of files) {
    await s3.send(new DeleteObjectCommand({ Bucket: "files", Key: file.name })); // finding: CONC-003
  }
}

exports.handler = async (event, context) => {
  await removeTemplates(s3, SMALL, event.prefix);
  await removeTemplates(s3, LARGE, event.prefix);
  await removeFiles(event.files);
  await s3.send(new PutObjectCommand({ Bucket: "log", Key: "removed" }));
};

exports.purge = async (event, context) => {
  let token;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: "files", ContinuationToken: token }));
    for (const file of page.Contents) {
      await s3.send(new DeleteObjectCommand({ Bucket: "files", Key: file.Key })); // finding: CONC-003
    }
    token = page.NextContinuationToken; // each page needs the one before
  } while (token);
};
