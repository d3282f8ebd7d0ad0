import { Component } from "@angular/core";

@Component({ selector: "shop-orders", template: "<h1>Orders</h1>" })
export class OrdersComponent {}
