import { Route, Routes } from "react-router-dom";
// perfctl: allow FE-006 -- ten people use it, in one office
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
