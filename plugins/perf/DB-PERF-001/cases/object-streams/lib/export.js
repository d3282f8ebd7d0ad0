const { Transform } = require("stream");
const { pipeline } = require("stream/promises");
const _ = require("lodash");
const { Pool } = require("pg");
const { Order } = require("./orders");

/* global SHOP */

const pool = new Pool();

module.exports = {
  async lines(rows, out) {
    await pipeline(
      rows,
      new Transform({
        objectMode: true,
        async transform(row, encoding, done) {
          const found = await pool.query("SELECT id FROM lines WHERE number = $1", [row.number]); // finding: DB-PERF-001
          done(null, found.rows);
        },
      }),
      out,
    );
  },

  async gathered(rows, out) {
    let held = [];
    const flush = async () => {
      const numbers = held.map((row) => row.number);
      held = [];
      return pool.query("SELECT id FROM lines WHERE number = ANY($1)", [numbers]);
    };
    await pipeline(
      rows,
      new Transform({
        objectMode: true,
        async transform(row, encoding, done) {
          held.push(row);
          done(null, held.length >= 500 ? await flush() : []); // ok: asked for five hundred at once
        },
      }),
      out,
    );
  },

  async bytes(file, out) {
    await pipeline(
      file,
      new Transform({
        async transform(chunk, encoding, done) {
          await pool.query("SELECT $1", [chunk.length]); // ok: parts of a file; mutate: s/new Transform({\n        async transform(chunk/new Transform({\n        objectMode: true,\n        async transform(chunk/
          done(null, chunk);
        },
      }),
      out,
    );
  },

  async shown(ids) {
    const found = [];
    for (const id of ids) {
      found.push(await SHOP.models.orders.query().findById(id)); // finding: DB-PERF-001 confidence: medium
    }
    for (const id of ids) {
      found.push(await SHOP.search.query(id)); // ok: what a search does with it nobody knows; mutate: s/SHOP.search.query(id)/SHOP.search.query().findById(id)/
    }
    for (const id of ids) {
      await SHOP.models.orders.query().insert({ id }); // finding: DB-PERF-001 confidence: low
    }
    for (const id of _.difference(ids, [1])) {
      found.push(await SHOP.models.orders.query().findById(id)); // finding: DB-PERF-001 confidence: low
    }
    found.push(await SHOP.models.orders.query().findByIds(ids)); // ok: asked once
    found.push(await Order.query().findByIds(ids)); // ok: asked once
    return found;
  },
};
