// ok: nobody loads it; mutate: src/few.js s/import { de, fr } from "date-fns\/locale"/import { texts } from ".\/texts\/languages"/
import de from "./de";
import en from "./en";
import es from "./es";
import fr from "./fr";
import zhTW from "./zhTW";

export const texts = { de, en, es, fr, zhTW };
export const root = document.querySelector("html");
