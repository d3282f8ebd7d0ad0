import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router-dom";
// ok: the page with the charts is a chunk of its own; mutate: s|const Reports = lazy(() => import("./pages/Reports"))|import Reports from "./pages/Reports"|
import Home from "./pages/Home";
import Login from "./pages/Login";
import Orders from "./pages/Orders";
import Prices from "./pages/Prices";

const Reports = lazy(() => import("./pages/Reports"));

export default function App() {
  return (
    <Suspense fallback={<p>...</p>}>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/login" element={<Login />} />
        <Route path="/orders" element={<Orders />} />
        <Route path="/prices" element={<Prices />} />
        <Route path="/reports" element={<Reports />} />
      </Routes>
    </Suspense>
  );
}
