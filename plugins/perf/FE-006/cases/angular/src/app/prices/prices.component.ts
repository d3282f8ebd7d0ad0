import { Component } from "@angular/core";

@Component({ selector: "shop-prices", template: "<h1>Prices</h1>" })
export class PricesComponent {}
