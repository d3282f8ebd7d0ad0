import { Component } from "@angular/core";

@Component({ selector: "shop-home", template: "<h1>Home</h1>" })
export class HomeComponent {}
