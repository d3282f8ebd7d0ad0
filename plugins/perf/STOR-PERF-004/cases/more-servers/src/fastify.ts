import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import fastify from "fastify";

const app = fastify();
// finding: STOR-PERF-004 confidence: high
app.register(fastifyStatic, { root: join(__dirname, "client") });
// ok: browsers keep them; mutate: s|maxAge: "30d"|wildcard: false|
app.register(fastifyStatic, { root: join(__dirname, "assets"), maxAge: "30d" });
app.listen({ port: 8080 });
