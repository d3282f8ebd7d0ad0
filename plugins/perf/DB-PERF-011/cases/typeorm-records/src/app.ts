import * as express from "express";
import { SelectQueryBuilder } from "typeorm";

import { Buyer, Parcel } from ".";

const app = express();

async function rowsOf(query: SelectQueryBuilder<Parcel>) {
  query = query.andWhere("parcel.shop = :shop", { shop: 1 });
  return await query.getRawMany(); // ok: what the query asks for says who begins it; mutate: s/await query/await Parcel.createQueryBuilder("parcel")/
}

// Entities that are active records ask for their rows themselves.
app.get("/names", async (request, response) => {
  const buyers = await Buyer.find(); // finding: DB-PERF-011
  response.json(buyers.map((buyer) => buyer.name).join());
});

app.get("/some", async (request, response) => {
  const buyers = await Buyer.find({ order: { id: "DESC" }, take: 20 }); // ok: twenty; mutate: s/, take: 20//
  response.json(buyers.map((buyer) => buyer.name).join());
});

app.get("/parcels", async (request, response) => {
  const [parcels, count] = await Parcel.createQueryBuilder("parcel").leftJoinAndSelect("parcel.buyer", "buyer").getManyAndCount(); // finding: DB-PERF-011
  response.json({ count, first: parcels.filter((parcel) => parcel.marks.length > 0)[0] });
});

app.get("/marks/:id", async (request, response) => {
  const parcel = await Parcel.findOne(request.params.id);
  response.json({ mark: parcel.marks.find((mark) => mark.startsWith("x")) }); // ok: a list that a row holds
});

app.get("/groups", async (request, response) => {
  const groups = await rowsOf(Parcel.createQueryBuilder("parcel").select("parcel.buyer, count(*)").groupBy("parcel.buyer"));
  response.json({ groups: groups.length });
});

app.listen(3000);
