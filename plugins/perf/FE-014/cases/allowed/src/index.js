import { createRoot } from "react-dom/client";
import reportWebVitals from "./reportWebVitals";

createRoot(document.body).render("shop");

reportWebVitals(); // perfctl: allow FE-014 -- the proxy measures
