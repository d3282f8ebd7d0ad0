const { Model } = require("objection");

module.exports = class Tag extends Model {
  static tableName = "tags";

  static relationMappings = {
    tagged: {
      relation: Model.ManyToManyRelation,
      modelClass: require("./orders"),
      join: { from: "tags.id", through: { from: "orderTags.tagId", to: "orderTags.orderId" }, to: "orders.id" },
    },
  };
};
