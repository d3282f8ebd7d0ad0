import Fastify from "fastify";
import Redis from "ioredis";

const app = Fastify();
const cache = new Redis(process.env.REDIS_URL);

app.get("/prices/:id", async (request) => {
  const known = await cache.get(`price:${request.params.id}`);
  if (known) {
    return JSON.parse(known);
  }
  const price = await ask(request.params.id);
  await cache.set(`price:${request.params.id}`, JSON.stringify(price)); // finding: CACHE-008
  return price;
});
