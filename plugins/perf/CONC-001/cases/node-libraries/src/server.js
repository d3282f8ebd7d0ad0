import { execFileSync } from "node:child_process";
import zlib from "node:zlib";

import bcrypt from "bcrypt";
import Fastify from "fastify";

const app = Fastify();

function thumbnail(path) {
  return execFileSync("convert", [path, "-resize", "200", "-"]); // finding: CONC-001
}

app.get("/thumbnails/:name", async (request, reply) => {
  reply.type("image/jpeg");
  return thumbnail(`/srv/images/${request.params.name}`);
});

app.post("/login", async (request) => {
  const user = await find(request.body.name);
  return { ok: bcrypt.compareSync(request.body.password, user.hash) }; // finding: CONC-001
});

app.post("/logout", async (request) => {
  const user = await find(request.body.name);
  return { ok: await bcrypt.compare(request.body.password, user.hash) }; // ok: in the library's own threads; mutate: s/await bcrypt.compare(/bcrypt.compareSync(/
});

app.get("/export", async (request, reply) => {
  reply.header("content-encoding", "gzip");
  return zlib.gzipSync(await all()); // finding: CONC-001
});

// ok: before the first request
const key = execFileSync("cat", ["/etc/shop/key"]);
