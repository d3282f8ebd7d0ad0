import { Component } from "@angular/core";

@Component({ selector: "shop-stock", template: "<h1>Stock</h1>" })
export class StockComponent {}
