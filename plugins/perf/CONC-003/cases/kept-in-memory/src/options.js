const knex = require("knex")({ client: "pg" });

const known = new Map();

class Options {
  static answers = {};

  static async get(name) {
    if (name in Options.answers) {
      return Options.answers[name];
    }
    const row = await knex("options").where({ name }).first();
    Options.answers[name] = row.value;
    return row.value;
  }

  static async find(name) {
    const found = {};
    if (name in found) {
      return found[name];
    }
    const row = await knex("options").where({ name }).first();
    found[name] = row.value;
    return row.value;
  }
}

async function zone(city) {
  const before = known.get(city);
  if (before) {
    return before;
  }
  const row = await knex("zones").where({ city }).first();
  known.set(city, row);
  return row;
}

module.exports = { Options, zone };
