const express = require("express");
const { PrismaClient } = require("@prisma/client");
const { succeed, note } = require("./answers");

const app = express();
const prisma = new PrismaClient();

// finding: API-001 confidence: medium
app.get("/parcels", async (req, res) => {
  const parcels = await prisma.parcel.findMany({ orderBy: { id: "asc" } });
  succeed(res, parcels);
});

// ok: nobody is sent them; mutate: s/note(res, parcels)/succeed(res, parcels)/
app.get("/noted", async (req, res) => {
  const parcels = await prisma.parcel.findMany({ orderBy: { id: "asc" } });
  note(res, parcels);
});

app.listen(8080);
