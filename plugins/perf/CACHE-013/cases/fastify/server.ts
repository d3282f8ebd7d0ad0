import Fastify from "fastify";

const app = Fastify();
const COUNTRIES = ["AT", "BE", "CH", "DE", "FR"];

app.get("/countries", async () => {
  return COUNTRIES; // finding: CACHE-013 confidence: medium
});

app.get("/sent", async (request, reply) => {
  return reply.send(COUNTRIES); // finding: CACHE-013
});

app.get("/kept", async (request, reply) => {
  reply.header("Cache-Control", "no-store");
  return reply.send(COUNTRIES); // ok: says that nobody may; mutate: s/  reply.header("Cache-Control", "no-store");\n//
});
