import { createApp } from "vue";
import hljs from "highlight.js"; // finding: FE-001
import firebase from "firebase"; // finding: FE-001
import moment from "moment-timezone"; // finding: FE-001

window._ = require("lodash"); // finding: FE-001

createApp({ mounted: () => hljs.highlightAll() }).provide("now", moment.tz("UTC")).provide("store", firebase.initializeApp({}));
