const { GetObjectCommand, S3Client } = require("@aws-sdk/client-s3");

const s3 = new S3Client({});

exports.handler = async (event) => {
  const object = await s3.send(new GetObjectCommand({ Bucket: "assets", Key: event.ResourceProperties.Key }));
  const picture = await object.Body.transformToByteArray(); // ok: runs when it is deployed
  return { PhysicalResourceId: "login", Data: { size: picture.length } };
};
