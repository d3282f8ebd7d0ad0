import axios from "axios";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

export function App() {
  useEffect(() => {
    axios.get("/orders");
  }, []);
  return null;
}

createRoot(document.body).render(<App />);
