import { Component } from "@angular/core";
import { FormControl } from "@angular/forms";
import { debounceTime, switchMap } from "rxjs";
import { Orders } from "./orders";

@Component({ selector: "shop-search", template: "" })
export class SearchComponent {
  readonly search = new FormControl("");
  readonly found = this.search.valueChanges.pipe(switchMap((text) => this.orders.find(text))); // finding: FE-009 confidence: medium
  readonly calm = this.search.valueChanges.pipe(debounceTime(300), switchMap((text) => this.orders.find(text))); // ok: waits; mutate: s/debounceTime(300), //

  constructor(private readonly orders: Orders) {}
}
