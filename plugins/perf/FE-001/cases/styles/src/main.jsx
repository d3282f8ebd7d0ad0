import { createRoot } from "react-dom/client";
import "@aws-amplify/ui-react/styles.css"; // finding: FE-001 confidence: medium
import "@mantine/core/styles.css"; // ok: its components are shown; mutate: src/pages/Home.jsx s|/core";|/dates";|
import { Home } from "./pages/Home";

createRoot(document.body).render(<Home />);
