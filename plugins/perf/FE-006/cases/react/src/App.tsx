import { BrowserRouter, Route, Routes } from "react-router-dom";
import Home from "./pages/Home"; // finding: FE-006 confidence: medium
import Orders from "./pages/Orders";
import Prices from "./pages/Prices";
import { Reports } from "./pages/Reports";

export default function App() {
  return (
    <BrowserRouter>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/orders" element={<Orders />} />
        <Route path="/prices" element={<Prices />} />
        <Route path="/reports" element={<Reports />} />
      </Routes>
    </BrowserRouter>
  );
}
