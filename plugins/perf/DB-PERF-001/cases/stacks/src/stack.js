const Settings = require("./settings");

exports.handler = async (event) => {
  const resource = new Settings();
  if (event.RequestType === "Create") {
    await resource.Create(event.ResourceProperties);
  }
};
