import { Component } from "@angular/core";

@Component({ selector: "shop-login", template: "<h1>Login</h1>" })
export class LoginComponent {}
