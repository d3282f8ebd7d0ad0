import { de, fr } from "date-fns/locale"; // ok: two languages; mutate: s/{ de, fr }/{ de, fr, ar, el, es, he, hi, ja }/
import * as parts from "vuetify/components"; // ok: members by name; mutate: s/ parts.VBtn/ parts/

export const formats = { de, fr };
export const buttons = { button: parts.VBtn, title: document.querySelector("title") };
