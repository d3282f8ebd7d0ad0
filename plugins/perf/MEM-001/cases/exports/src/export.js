const express = require("express");
const knex = require("knex")({ client: "pg" });

const app = express();

async function exportResponses(surveyId, since) {
  const rows = await knex("responses").where("survey_id", surveyId).where("kind", since); // finding: MEM-001 confidence: medium
  return rows.map((row) => Object.values(row).join(",")).join("\n");
}

async function exportPage(surveyId, after) {
  return knex("responses").where("survey_id", surveyId).where("id", ">", after).limit(500); // ok: a part at a time; mutate: s/.limit(500)//
}

async function exportOptions(surveyId) {
  return knex("options").where("survey_id", surveyId); // ok: few; mutate: s/"options"/"deliveries"/
}

app.get("/surveys/:id/export", async (req, res) => {
  res.type("text/csv").send(await exportResponses(req.params.id, req.query.kind));
});
app.get("/surveys/:id/part", async (req, res) => res.json(await exportPage(req.params.id, req.query.after)));
app.get("/surveys/:id/options", async (req, res) => res.json(await exportOptions(req.params.id)));

app.listen(8080);
