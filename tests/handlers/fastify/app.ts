import Fastify from "fastify";
const app = Fastify();
app.get("/a", async (request, reply) => { probe(); });
app.route({ method: "GET", url: "/b", handler: async (request, reply) => { probe(); } });
app.addHook("preHandler", async (request) => { probe(); });
export default async function plugin(fastify, options) { fastify.post("/c", async () => probe()); }
