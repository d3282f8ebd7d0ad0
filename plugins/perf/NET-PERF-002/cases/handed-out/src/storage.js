import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

const ok = (data) => ({ ok: true, data });

const makeClient = () => {
  const client = new S3Client({}); // ok: handed out in a wrapper, and kept by the only caller; mutate: s/kept = made.data/const now = made.data/
  return ok(client);
};

let kept;

const storage = () => {
  if (!kept) {
    const made = makeClient();
    kept = made.data;
  }
  return kept;
};

export const read = async (req, res) => {
  res.json(await storage().send(new GetObjectCommand({ Bucket: "a", Key: req.params.key })));
};

class Lazy {
  load() {
    this.loading ??= (async () => {
      const client = new S3Client({}); // ok: made by a function that runs once, where `??=` keeps what it gives
      return { client };
    })();
    return this.loading;
  }
}

const lazy = new Lazy();

export const list = async (req, res) => {
  const { client } = await lazy.load();
  res.json(await client.send(req.body));
};

const fresh = () => {
  const client = new S3Client({}); // finding: NET-PERF-002
  return { client, bucket: "b" };
};

export const remove = async (req, res) => {
  const { client } = fresh();
  res.json(await client.send(req.body));
};
