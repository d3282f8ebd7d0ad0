import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

async function run(sql: string, values: unknown[]) {
  return prisma.$queryRawUnsafe(sql, ...values);
}

async function answers(survey: string, where: string) {
  // finding: DB-PERF-011 confidence: medium
  return run(
    `select answers.question, answers.text_value, count(*) as total
    from answers
    where answers.survey = $1 ${where}
    group by answers.question, answers.text_value
    order by 3 desc`,
    [survey],
  );
}

async function commonest(survey: string) {
  // ok: some of them; mutate: s/ limit 100//
  return run(`select title, count(*) from answers where survey = $1 group by title order by 2 desc limit 100`, [survey]);
}

async function perState(survey: string) {
  // ok: there are few states; mutate: s/group by state/group by page_url/
  return run(`select state, count(*) from answers where survey = $1 group by state`, [survey]);
}

async function longest(survey: string) {
  // ok: the groups are within the query; mutate: s/from (select/from answers; select/; s/group by title) t/group by title/
  return run(`select max(n) from (select count(*) as n, title from answers where survey = $1 group by title) t`, [survey]);
}

app.get("/surveys/:id/answers", async (req, res) => res.json(await answers(req.params.id, "")));
app.get("/surveys/:id/commonest", async (req, res) => res.json(await commonest(req.params.id)));
app.get("/surveys/:id/states", async (req, res) => res.json(await perState(req.params.id)));
app.get("/surveys/:id/longest", async (req, res) => res.json(await longest(req.params.id)));

app.get("/pages", async (req, res) => {
  const pages = await prisma.$queryRawUnsafe("SELECT page_url, count(*) FROM visits WHERE site = $1 GROUP BY page_url", req.query.site); // finding: DB-PERF-011 confidence: medium
  res.json(pages);
});

app.listen(8080);
