import * as lambda from "aws-cdk-lib/aws-lambda";
import { Stack } from "aws-cdk-lib";

export class Shop extends Stack {
  all = new lambda.Function(this, "All", { runtime: lambda.Runtime.NODEJS_22_X, handler: "a.b", code: lambda.Code.fromAsset("..") }); // finding: LAMBDA-001
  own = new lambda.Function(this, "Own", { runtime: lambda.Runtime.NODEJS_22_X, handler: "a.b", code: lambda.Code.fromAsset("src") }); // ok: its own directory; mutate: s|fromAsset("src")|fromAsset(".")|
  sifted = new lambda.Function(this, "Sifted", {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: "a.b",
    code: lambda.Code.fromAsset(".", { exclude: ["node_modules", "cdk.out"] }), // ok: sifted; mutate: s|, { exclude: ["node_modules", "cdk.out"] }||
  });
}
