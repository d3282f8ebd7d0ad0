import express from "express";

// ok: the same with a default export; mutate: services/desk/src/start.ts s/app.use("\/lists", lists)/app.use(express.json())/
const lists = express();

lists.get("/", (request, response) => response.json([]));

export default lists;
