import { createRoot } from "react-dom/client";
import reportWebVitals from "./reportWebVitals";

createRoot(document.body).render("shop");

reportWebVitals(sendToAnalytics); // ok: something takes them; mutate: s/(sendToAnalytics)/()/
