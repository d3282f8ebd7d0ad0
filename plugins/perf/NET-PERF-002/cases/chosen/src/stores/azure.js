const azure = require("azure-storage");

exports.save = (path, callback) => {
  const blobs = azure.createBlobService(process.env.AZURE); // finding: NET-PERF-002
  blobs.createBlockBlobFromLocalFile("pictures", "a.png", path, callback);
};

exports.sweep = (callback) => {
  const blobs = azure.createBlobService(process.env.AZURE); // ok: nobody asks the chosen module for it
  blobs.deleteBlob("pictures", "a.png", callback);
};
