import { Transformer } from "markmap-lib"; // finding: FE-001 confidence: medium

export const draw = (text) => document.querySelector("svg") && new Transformer().transform(text);
