import { createBrowserRouter } from "react-router-dom";
import { Home, Orders, Order, Prices } from "./pages"; // ok: most are asked for when they are visited

export const router = createBrowserRouter([
  { path: "/home", element: <Home /> },
  { path: "/orders", element: <Orders /> },
  { path: "/order", element: <Order /> },
  { path: "/prices", element: <Prices /> },
  { path: "/stock", lazy: () => import("./pages/Stock") },
  { path: "/users", lazy: () => import("./pages/Users") },
  { path: "/settings", lazy: () => import("./pages/Settings") },
  { path: "/login", lazy: () => import("./pages/Login") },
]);
