import fastify from "fastify";

fastify().get("/", async () => ({}));
