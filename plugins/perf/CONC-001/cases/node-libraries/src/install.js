import { exec, execSync } from "node:child_process";

import Fastify from "fastify";

const app = Fastify();

function install(program) {
  return new Promise((resolve, reject) => {
    const child = exec(`apt-get install --yes ${program}`);
    child.on("exit", (code) => {
      if (code !== 0) {
        reject(new Error("not installed"));
        return;
      }
      resolve(execSync(`${program} --version`).toString()); // finding: CONC-001 confidence: low -- once for each program that is installed
    });
  });
}

app.post("/programs/:name", async (request) => ({ version: await install(request.params.name) }));

app.post("/parcels", async (request) => {
  request.raw.on("close", () => {
    execSync("parcel-done"); // finding: CONC-001 confidence: medium -- each request ends
  });
  return {};
});
