const express = require("express");
const { connect } = require("nats");

class Events {
  constructor(options) {
    this.options = options;
  }

  async open() {
    if (this.connection) return this.connection;
    const connecting = async () => {
      const late = new Promise((resolve) => setTimeout(resolve, 100));
      const made = await Promise.race([connect(this.options), late]); // ok: kept by the object that the module holds
      return made;
    };
    this.connection = await connecting();
    return this.connection;
  }

  async publish(subject, payload) {
    let connection;
    try {
      connection = await connect(this.options); // finding: NET-PERF-002
      connection.publish(subject, payload);
    } finally {
      await connection.close();
    }
  }
}

const events = new Events({ servers: "nats" });
const app = express();

app.post("/orders", async (request, response) => {
  await events.open();
  await events.publish("orders", request.body);
  response.end();
});

let shared;

async function broker() {
  if (!shared) {
    shared = await connect({}); // ok: kept in the module; mutate: s/let shared;// s/if (!shared) {/let shared; {/
  }
  return shared;
}

app.get("/orders", async (request, response) => {
  (await broker()).publish("read", request.body);
  response.end();
});

app.listen(3000);
