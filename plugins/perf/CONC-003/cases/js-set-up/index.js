const { MediaPackageVod } = require("@aws-sdk/client-mediapackage-vod");

const client = new MediaPackageVod({});

exports.handler = async (event, context) => {
  if (event.RequestType !== "Delete") {
    return { PhysicalResourceId: "group", Status: "SUCCESS", Url: event.ResponseURL };
  }
  let token;
  do {
    const page = await client.listAssets({ NextToken: token });
    for (const asset of page.Assets) {
      await client.deleteAsset({ Id: asset.Id }); // finding: CONC-003 confidence: high
    }
    token = page.NextToken;
  } while (token);
  const found = await client.listPackagingConfigurations({});
  for (const configuration of found.PackagingConfigurations) {
    await client.deletePackagingConfiguration({ Id: configuration.Id }); // finding: CONC-003 confidence: low
  }
  return { Status: "SUCCESS" };
};
