const { Model } = require("objection");

class Message extends Model {
  static get tableName() {
    return "messages";
  }

  static get modifiers() {
    return {
      filterText(query, value) {
        if (value) {
          query.where("text", "ilike", `%${value}%`);
        }
      },
    };
  }
}

module.exports = Message;
