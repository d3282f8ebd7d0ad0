const { Model } = require("objection");

class Account extends Model {
  static get tableName() {
    return "account";
  }
}

class Receipt extends Model {
  static tableName = "receipt";
}

class File extends Model {
  static get tableName() {
    return "file";
  }
}

class Draft extends Model {
  static get tableName() {
    return "draft";
  }
}

module.exports = { Account, Draft, File, Receipt };
