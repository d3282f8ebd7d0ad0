const fastify = require("fastify")();

fastify.get("/orders/:number", async (request) => ({ number: request.params.number }));
fastify.listen({ port: 3000 });
