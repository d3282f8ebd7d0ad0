import { createApp } from "vue";
// ok: the bundler keeps the years and zones that are needed; mutate: package.json s/moment-timezone-data-webpack-plugin/copy-webpack-plugin/
import moment from "moment-timezone";

createApp({}).provide("now", moment.tz("UTC"));
