import { Routes } from "@angular/router";
// finding: FE-006 confidence: medium
import { HomeComponent } from "./home/home.component";
import { OrdersComponent } from "./orders/orders.component";
import { OrderComponent } from "./order/order.component";
import { PricesComponent } from "./prices/prices.component";
import { StockComponent } from "./stock/stock.component";
import { UsersComponent } from "./users/users.component";
import { SettingsComponent } from "./settings/settings.component";
import { LoginComponent } from "./login/login.component";

export const routes: Routes = [
  { path: "home", component: HomeComponent },
  { path: "orders", component: OrdersComponent },
  { path: "order", component: OrderComponent },
  { path: "prices", component: PricesComponent },
  { path: "stock", component: StockComponent },
  { path: "users", component: UsersComponent },
  { path: "settings", component: SettingsComponent },
  { path: "login", component: LoginComponent },
];
