import { ar, de, el, enGB, es, fr, he, hi, ptBR } from "date-fns/locale"; // finding: FE-001 confidence: medium

export const formats = { ar, de, el, enGB, es, fr, he, hi, ptBR };
export const title = document.querySelector("title");
