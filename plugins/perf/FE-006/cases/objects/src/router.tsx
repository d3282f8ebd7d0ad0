import { createBrowserRouter } from "react-router-dom";
import { Private } from "./Private";
import { Home, Orders, Order, Prices, Stock, Users, Settings, Login } from "./pages"; // finding: FE-006 confidence: medium

export const router = createBrowserRouter([
  {
    path: "/",
    children: [
      { path: "home", element: <Private><Home /></Private> },
      { path: "orders", element: <Private><Orders /></Private> },
      { path: "order", element: <Private><Order /></Private> },
      { path: "prices", element: <Private><Prices /></Private> },
      { path: "stock", element: <Private><Stock /></Private> },
      { path: "users", element: <Private><Users /></Private> },
      { path: "settings", element: <Private><Settings /></Private> },
      { path: "login", element: <Login /> },
    ],
  },
]);
