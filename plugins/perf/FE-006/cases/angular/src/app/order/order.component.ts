import { Component } from "@angular/core";

@Component({ selector: "shop-order", template: "<h1>Order</h1>" })
export class OrderComponent {}
