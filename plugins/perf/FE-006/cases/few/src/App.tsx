import { Route, Routes } from "react-router-dom";
// ok: three small pages
import Home from "./pages/Home";
import Orders from "./pages/Orders";
import Order from "./pages/Order";

export const App = () => (
  <Routes>
    <Route path="/home" element={<Home />} />
    <Route path="/orders" element={<Orders />} />
    <Route path="/order" element={<Order />} />
  </Routes>
);
