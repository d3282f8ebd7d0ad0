import { Component } from "@angular/core";

@Component({ selector: "shop-settings", template: "<h1>Settings</h1>" })
export class SettingsComponent {}
