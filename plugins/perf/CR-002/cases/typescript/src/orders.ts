import { Injectable } from "@nestjs/common";
import { Pool } from "pg";

const pool = new Pool();

@Injectable()
export class Orders {
  async newest() {
    return pool.query("SELECT max(id) FROM orders");
  }
}
