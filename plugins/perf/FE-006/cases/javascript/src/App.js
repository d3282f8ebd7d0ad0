import React from "react";
import { BrowserRouter, Route, Switch } from "react-router-dom";
// finding: FE-006 confidence: medium
import Home from "./pages/Home";
import Orders from "./pages/Orders";
import Order from "./pages/Order";
import Prices from "./pages/Prices";
import Stock from "./pages/Stock";
import Users from "./pages/Users";
import Settings from "./pages/Settings";
import Login from "./pages/Login";

export default () => (
  <BrowserRouter>
    <Switch>
      <Route path="/home" component={Home} />
      <Route path="/orders" component={Orders} />
      <Route path="/order" component={Order} />
      <Route path="/prices" component={Prices} />
      <Route path="/stock" component={Stock} />
      <Route path="/users" component={Users} />
      <Route path="/settings">
        <Settings />
      </Route>
      <Route path="/login" render={() => <Login />} />
    </Switch>
  </BrowserRouter>
);
