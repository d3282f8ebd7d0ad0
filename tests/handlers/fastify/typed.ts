import fp from "fastify-plugin";
import type { FastifyPluginAsync } from "fastify";
export const orders: FastifyPluginAsync<Options> = async (app) => {
  app.withTypeProvider().get("/d", async (request) => { probe(); });
};
export default fp(async function (app) { app.get("/e", async () => { probe(); }); });
