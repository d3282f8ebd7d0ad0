import { createRoot } from "react-dom/client";
import reportWebVitals from "./reportWebVitals";

createRoot(document.body).render("shop");

reportWebVitals(); // finding: FE-014

const broken = (;
