import PgBoss from "pg-boss";

const boss = new PgBoss("postgres://db");
boss.send("mail", {}, { retryLimit: 5 }); // finding: JOB-003 confidence: high
boss.send("charge", {}, { retryLimit: 5, retryBackoff: true }); // ok: pauses grow; mutate: s/, retryBackoff: true//
