const { Model } = require("objection");

module.exports = class Order extends Model {
  static get tableName() {
    return "orders";
  }

  static get relationMappings() {
    return {
      lines: {
        relation: Model.HasManyRelation,
        modelClass: require("./lines"),
        join: { from: "orders.id", to: "lines.orderId" },
      },
      notes: {
        relation: Model.HasManyRelation,
        modelClass: require("./notes"),
        join: { from: "orders.id", to: "notes.orderId" },
      },
      packer: {
        relation: Model.BelongsToOneRelation,
        modelClass: require("./packers"),
        join: { from: "orders.packerId", to: "packers.id" },
      },
      tags: {
        relation: Model.ManyToManyRelation,
        modelClass: require("./tags"),
        join: { from: "orders.id", through: { from: "orderTags.orderId", to: "orderTags.tagId" }, to: "tags.id" },
      },
    };
  }

  static byDigest(digest) {
    return this.query().findOne({ digest });
  }
};
