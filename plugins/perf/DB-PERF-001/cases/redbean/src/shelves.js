const express = require("express");
const { R } = require("redbean-node");
const { BeanModel } = require("redbean-node/dist/bean-model");

class Shelf extends BeanModel {
  static async parentOf(id) {
    return await R.getRow("SELECT parent.* FROM shelf parent JOIN shelf child ON child.parent = parent.id WHERE child.id = ?", [id]);
  }

  label() {
    return `${this.room}/${this.name}`;
  }
}

const app = express();

app.get("/shelves", async (req, res) => {
  const shelves = await R.findAll("shelf");
  const answer = [];
  for (const shelf of shelves) {
    answer.push(await R.getAll("SELECT title FROM book WHERE shelf_id = ?", [shelf.id])); // finding: DB-PERF-001 confidence: high
  }
  res.json(answer);
});

app.get("/labels", async (req, res) => {
  const shelves = await R.findAll("shelf");
  // ok: a bean says it from what was read; mutate: s/shelf.label()/Shelf.parentOf(shelf.id)/
  res.json(await Promise.all(shelves.map((shelf) => shelf.label())));
});

app.get("/parents", async (req, res) => {
  const ids = await R.getCol("SELECT id FROM shelf");
  res.json(await Promise.all(ids.map((id) => Shelf.parentOf(id)))); // finding: DB-PERF-001
});

app.get("/rooms", async (req, res) => {
  const rooms = [];
  for (const room of await R.find("room", "floor = ?", [req.query.floor])) {
    rooms.push(await room.ownShelfList.toArray()); // finding: DB-PERF-001 -- the beans that belong to a bean are read when they are made an array
  }
  res.json(rooms);
});

app.put("/order", async (req, res) => {
  for (const id of req.body.ids) {
    await R.exec("UPDATE shelf SET seen = 1 WHERE id = ?", [id]); // finding: DB-PERF-001
  }
  // ok: one statement for all of them
  await R.exec(`UPDATE shelf SET seen = 1 WHERE id IN (${req.body.ids.map(() => "?").join(", ")})`, req.body.ids);
  res.end();
});

app.post("/books", async (req, res) => {
  const trx = await R.begin();
  for (const title of req.body.titles) {
    const book = trx.dispense("book");
    book.title = title;
    await trx.store(book); // finding: DB-PERF-001
  }
  await trx.commit();
  // ok: made of rows that are there, nothing is asked; mutate: s/R.convertToBeans("book", [row])/await R.find("book", "id = ?", [row.id])/
  res.json(await Promise.all(req.body.rows.map(async (row) => R.convertToBeans("book", [row]))));
});
