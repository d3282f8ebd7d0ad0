import { createRoot } from "react-dom/client";
import reportWebVitals from "./reportWebVitals";

createRoot(document.body).render("shop");

reportWebVitals(); // ok: another library collects them; mutate: src/rum.js s|"@datadog/browser-rum"|"./other"|
