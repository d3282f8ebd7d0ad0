import express from "express";
import { DataSource } from "typeorm";
import { Door, Role, Shelf, Shop, User } from "./entities";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Door, Role, Shelf, Shop, User] });
const doors = source.getRepository(Door);
const roles = source.getRepository(Role);
const shelves = source.getRepository(Shelf);

app.get("/shops/:id", async (request, response) => {
  const id = Number(request.params.id);
  response.json([await roles.find({ where: { shop: { id } } }), await doors.find({ where: { shop: { id } } }), await shelves.find({ where: { shop: { id } } })]);
});

app.get("/users/:id", async (request, response) => {
  response.json(await roles.find({ where: { user: { id: Number(request.params.id) } } }));
});

app.get("/shops/:id/shelves", async (request, response) => {
  response.json(await shelves.count({ where: { shop: { id: Number(request.params.id) } } }));
});

app.get("/shops/:id/first", async (request, response) => {
  response.json(await shelves.findOne({ where: { shop: { id: Number(request.params.id) } } }));
});

app.delete("/shops/:id/shelves", async (request, response) => {
  response.json(await shelves.delete({ shop: { id: Number(request.params.id) } }));
});
