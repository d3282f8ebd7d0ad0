import { PrismaClient } from "@prisma/client";
import express from "express";
import { ResultAsync, errAsync, okAsync } from "neverthrow";

const prisma = new PrismaClient();
const app = express();

const tokenOf = (id: string): ResultAsync<{ id: string }, Error> =>
  ResultAsync.fromPromise(prisma.token.findUnique({ where: { id } }), () => new Error("lost")).andThen((token) => (token ? okAsync(token) : errAsync(new Error("none"))));

const tokensOf = async (owner: string) => prisma.token.findMany({ where: { owner }, take: 50 });

app.post("/token", async (request, response) => {
  // ok: a result holds one token; mutate: s/tokenOf(request.body.id).map/(await tokensOf(request.body.id)).map/
  await tokenOf(request.body.id).map(async (token) => prisma.token.update({ where: { id: token.id }, data: { used: true } }));
  response.sendStatus(204);
});

app.get("/owners", async (request, response) => {
  const tokens = await tokensOf(request.query.owner);
  const shown = await Promise.all(
    tokens.map(async (token) => {
      if (token.owner) {
        const owner = await prisma.owner.findUnique({ where: { id: token.owner } }); // finding: DB-PERF-001 confidence: high -- `return` ends the turn, the others come all the same
        return { id: token.id, owner: owner.name };
      }
      return { id: token.id };
    }),
  );
  response.json(shown);
});
