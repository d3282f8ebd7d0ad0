import { datadogRum } from "@datadog/browser-rum";

datadogRum.init({ applicationId: "shop", clientToken: "x" });
