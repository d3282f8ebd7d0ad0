import express from "express";
import { Harbour, Carrier, Shipment } from "./models";

const app = express();

app.get("/label", async (request, response) => {
  const shipment = await Shipment.findOne({
    where: { id: request.query.id },
    include: [Harbour, Carrier], // finding: DB-PERF-003 confidence: medium -- the harbour is read by no one
  });
  response.json({ label: shipment?.carrier.label });
});

app.get("/both", async (request, response) => {
  const shipment = await Shipment.findOne({ where: { id: request.query.id }, include: [Harbour, Carrier] }); // ok: both are read; mutate: s/city: shipment.origin.city/state: shipment.state/
  if (!shipment || !shipment.carrier) {
    response.sendStatus(404);
    return;
  }
  response.json({ label: shipment.carrier.label, city: shipment.origin.city });
});

app.get("/whole", async (request, response) => {
  const shipment = await Shipment.findOne({ where: { id: request.query.id }, include: Harbour }); // ok: whoever gets it may read all; mutate: s/response.json(shipment)/response.json(shipment.state)/
  response.json(shipment);
});

app.get("/inner", async (request, response) => {
  const shipment = await Shipment.findOne({ where: { id: request.query.id }, include: [{ model: Harbour, required: true }] }); // ok: leaves out shipments without one; mutate: s/required: true/required: false/
  response.json({ state: shipment && shipment.state });
});

app.get("/sorted", async (request, response) => {
  const shipments = await Shipment.findAll({ include: [Harbour], order: [[Harbour, "city", "ASC"]] }); // ok: sorted by it; mutate: s/[Harbour, "city", "ASC"]/["state", "ASC"]/
  response.json(shipments.map((shipment) => ({ id: shipment.id, state: shipment.state })));
});

app.post("/close", async (request, response) => {
  const shipment = await Shipment.findByPk(request.body.id, { include: Carrier }); // finding: DB-PERF-003 confidence: medium
  if (shipment === null) {
    response.sendStatus(404);
    return;
  }
  const { state } = shipment;
  await shipment.update({ state: "closed" });
  response.json({ before: state });
});

app.post("/reload", async (request, response) => {
  const shipment = await Shipment.findByPk(request.body.id, { include: Carrier }); // ok: what a method reads is not seen; mutate: s/response.json(shipment.toJSON())/response.json(shipment.state)/
  response.json(shipment.toJSON());
});

const shown = (shipment: Shipment) => ({ state: shipment.state, carrier: shipment.carrierId });
const saved = (shipment: Shipment) => JSON.stringify(shipment);

app.get("/shown", async (request, response) => {
  const shipment = await Shipment.findByPk(request.query.id, { include: [Harbour] }); // finding: DB-PERF-003 confidence: medium -- nor by the function that is handed the row
  response.json(shown(shipment));
});

app.get("/saved", async (request, response) => {
  const shipment = await Shipment.findByPk(request.query.id, { include: [Harbour] }); // ok: written as a whole; mutate: s/response.json(saved(shipment))/response.json(shown(shipment))/
  response.json(saved(shipment));
});
