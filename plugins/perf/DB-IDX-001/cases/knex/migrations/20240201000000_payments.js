exports.up = async function (knex) {
  await knex.schema.raw("CREATE TABLE payments (id serial PRIMARY KEY, account_id integer, amount integer)");
  // finding: DB-IDX-001 confidence: medium
  await knex.schema.raw("ALTER TABLE ONLY public.payments ADD CONSTRAINT payments_account FOREIGN KEY (account_id) REFERENCES public.accounts(id)");
};
