import { Component } from "@angular/core";

@Component({ selector: "shop-users", template: "<h1>Users</h1>" })
export class UsersComponent {}
