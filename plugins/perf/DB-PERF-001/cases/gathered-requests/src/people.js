const { Model } = require("objection");

class Person extends Model {}

const service = {
  find: (id) => Person.query().findById(id),
  named: async (entry) => {
    const found = await service.find(entry.id);
    return { id: entry.id, name: found && found.name };
  },
};

module.exports = service;
