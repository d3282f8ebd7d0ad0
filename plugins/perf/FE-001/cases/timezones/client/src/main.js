import { createApp } from "vue";
// finding: FE-001 confidence: medium -- the data are trimmed, the languages of moment are not
import moment from "moment-timezone";

createApp({}).provide("now", moment.tz("UTC"));
