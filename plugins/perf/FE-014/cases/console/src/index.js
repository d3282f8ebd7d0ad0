import { createRoot } from "react-dom/client";
import reportWebVitals from "./reportWebVitals";

createRoot(document.body).render("shop");

reportWebVitals(console.log); // finding: FE-014
