import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const orders = pgTable("orders", { id: integer("id").primaryKey(), state: text("state"), total: integer("total") });
