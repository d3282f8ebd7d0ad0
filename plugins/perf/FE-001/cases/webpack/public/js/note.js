import hljs from "highlight.js"; // ok: the page has it already; mutate: webpack.config.js s|"highlight.js": "hljs", ||
import moment from "moment"; // ok: the same; mutate: webpack.config.js s|moment: "moment"|jquery: "$"|
import { draw } from "./graph";

document.querySelector("code").innerHTML = hljs.highlightAuto(moment().format()).value + draw("a");
