import { createApp } from "vue";
// ok: years, zones and languages are trimmed; mutate: webpack.config.js s/new IgnorePlugin({/new Other({/ webpack.config.js s/{ IgnorePlugin }/{ Other }/; mutate: package.json s/moment-timezone-data-webpack-plugin/copy-webpack-plugin/
import moment from "moment-timezone";

createApp({}).provide("now", moment.tz("UTC"));
