import { Duration } from "aws-cdk-lib";
import { Distribution } from "aws-cdk-lib/aws-cloudfront";

export const cdn = (scope: any, origin: any) =>
  new Distribution(scope, "cdn", {
    defaultBehavior: { origin },
    errorResponses: [
      { httpStatus: 404, ttl: Duration.minutes(30) }, // finding: CACHE-011 confidence: medium
      { httpStatus: 403, ttl: Duration.seconds(10) }, // ok: seconds; mutate: s/seconds(10)/hours(1)/
      { httpStatus: 403, responseHttpStatus: 200, responsePagePath: "/index.html", ttl: Duration.minutes(30) }, // ok: a page; mutate: s/responseHttpStatus: 200, //
    ],
  });
