const express = require("express");

const MOST = 1000;

function routes(ctx) {
  const app = express();

  app.get("/entries", (request, response) => {
    const query = request.query;
    if (!query.count) { // finding: API-002 confidence: medium
      query.count = 10;
    }
    ctx.entries.list(query, (error, rows) => response.json(rows));
  });

  app.get("/entries/few", (request, response) => {
    const query = request.query;
    if (!query.count || query.count > MOST) { // ok: a thousand at most; mutate: s/ || query.count > MOST//
      query.count = 10;
    }
    ctx.entries.list(query, (error, rows) => response.json(rows));
  });

  app.get("/entries/newest", (request, response) => {
    const query = request.query;
    query.count = query.count || 10; // ok: what takes it gives fifty; mutate: lib/entries.js s/Math.min(options.count, 50)/options.count/
    ctx.entries.newest(query, (error, rows) => response.json(rows));
  });

  app.get("/entries/all", (request, response) => {
    ctx.entries.list(request.query, (error, rows) => response.json(rows)); // finding: API-002
  });

  app.get("/entries/params", (request, response) => {
    ctx.entries.list(request.params, (error, rows) => response.json(rows)); // ok: the path names no size
  });

  app.delete("/entries", (request, response) => {
    const query = request.query;
    query.count = query.count || 10; // ok: no list; mutate: s/ctx.entries.remove(query/ctx.entries.list(query/
    ctx.entries.remove(query, (error, result) => response.json(result));
  });

  return app;
}

module.exports = routes;
