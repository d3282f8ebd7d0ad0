import { Route, Routes } from "react-router-dom";
// ok: lies on the disk; mutate: package.json s/"electron"/"react-dom"/
import Home from "./pages/Home";
import Orders from "./pages/Orders";
import Order from "./pages/Order";
import Prices from "./pages/Prices";
import Stock from "./pages/Stock";
import Users from "./pages/Users";
import Settings from "./pages/Settings";
import Login from "./pages/Login";

export const Pages = () => (
  <Routes>
    <Route path="/home" element={<Home />} />
    <Route path="/orders" element={<Orders />} />
    <Route path="/order" element={<Order />} />
    <Route path="/prices" element={<Prices />} />
    <Route path="/stock" element={<Stock />} />
    <Route path="/users" element={<Users />} />
    <Route path="/settings" element={<Settings />} />
    <Route path="/login" element={<Login />} />
  </Routes>
);
