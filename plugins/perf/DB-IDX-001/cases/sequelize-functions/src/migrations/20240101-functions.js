module.exports = {
  up: async (queryInterface) => {
    await queryInterface.createFunction("close_mailing", [{ type: "integer", name: "closed" }], "void", "plpgsql", `
      DELETE FROM mail_ops o WHERE o.mailing_id = closed;
    `);
    await queryInterface.sequelize.query(`
      CREATE OR REPLACE FUNCTION open_letters(opened integer) RETURNS integer LANGUAGE sql AS $$
        SELECT count(*) FROM letter_ops o WHERE o.mailing_id = opened;
      $$;
    `);
  },
  down: async (queryInterface) => {
    await queryInterface.createFunction("close_mailing", [{ type: "integer", name: "closed" }], "void", "plpgsql", `
      DELETE FROM mail_ops o WHERE o.account_id = closed;
    `);
  },
};
