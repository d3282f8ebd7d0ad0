// POST /hooks/:carrier
import { createHmac, timingSafeEqual } from "node:crypto";

import { Router } from "express";

import { secrets } from "./config.js";
import { isKnownGood, isRepeated, once, rememberGood } from "./dedupe.js";
import { audit, forwardScan, holidays, openingOf, pickupOpen } from "./forward.js";
import { keep, markForwarded, parcelsOf, rulesOf, type Pushed } from "./store.js";

export const receive = Router();

function isSigned(carrier: string, body: unknown, signature: string): boolean {
  if (isKnownGood(signature)) {
    return true;
  }
  const expected = createHmac("sha256", secrets.get(carrier) ?? "").update(JSON.stringify(body)).digest();
  const given = Buffer.from(signature, "hex");
  const good = given.length === expected.length && timingSafeEqual(given, expected);
  if (good) {
    rememberGood(signature);
  }
  return good;
}

receive.post("/:carrier", async (request, response) => {
  const { carrier } = request.params;
  if (!isSigned(carrier, request.body, request.get("x-signature") ?? "")) {
    response.status(401).end();
    return;
  }
  const pushed = (request.body.events as Pushed[]).filter((event) => !isRepeated(carrier, event.id));
  await once(pushed.map((event) => event.id).join(), () => keep(carrier, pushed));
  const [parcels, rules] = await Promise.all([
    parcelsOf(carrier, pushed.map((event) => event.shipment)),
    rulesOf(carrier),
  ]);
  const done: string[] = [];
  for (const event of pushed) {
    const parcel = parcels.get(event.shipment);
    const kind = rules[event.code];
    // A parcel's events go out in the order in which they came in.
    if (parcel !== undefined && kind !== undefined && (await forwardScan(parcel, kind))) {
      done.push(event.id);
    }
  }
  await markForwarded(done);
  await audit(carrier, { received: pushed.length, forwarded: done.length });
  response.status(202).json({ accepted: done.length });
});

receive.get("/pickup/:depot/:country", async (request, response) => {
  const depot = Number(request.params.depot);
  const opening = await openingOf(depot);
  const closed = await holidays(request.params.country);
  response.json({ opening, closed });
});

receive.get("/pickup/:depot", async (request, response) => {
  const depot = Number(request.params.depot);
  const open = await pickupOpen(depot);
  // Closed depots are not asked for their hours.
  const opening = open ? await openingOf(depot) : null;
  response.json({ open, opening });
});
