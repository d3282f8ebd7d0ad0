const backfill = require("./backfill");

exports.handler = async (event) => {
  const { RequestType, ResourceProperties } = event;
  if (RequestType === "Update" && ResourceProperties.Backfill) {
    await backfill.run();
  }
};
