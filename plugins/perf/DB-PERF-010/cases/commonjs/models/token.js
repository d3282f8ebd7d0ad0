const mongoose = require("mongoose");

const tokenSchema = mongoose.Schema({
  token: { type: String, index: true },
  user: { type: mongoose.SchemaTypes.ObjectId, ref: "User", required: true },
  device: String,
});

tokenSchema.plugin(byDevice);

function byDevice(schema) {
  schema.statics.byDevice = function (device) {
    return this.findOne({ device });
  };
}

module.exports = mongoose.model("Token", tokenSchema);
