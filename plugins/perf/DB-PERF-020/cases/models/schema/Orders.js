cube(`Orders`, {
  sql: `SELECT * FROM orders`, // ok: the queries that are made of it pick the columns; mutate: s/cube(`Orders`/query(`Orders`/
  measures: { count: { type: `count` } },
});
