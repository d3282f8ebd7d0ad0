import { Model, Mongoose, Schema } from "mongoose";

interface Garden {
  owner: string;
}

export type GardenModel = Model<Garden, object>;

const compiled = (db: Mongoose): GardenModel => db.model<Garden, GardenModel>("Garden", new Schema({ owner: String }));

export const gardenModel = (db: Mongoose): GardenModel => {
  try {
    return db.model<Garden, GardenModel>("Garden");
  } catch {
    return compiled(db);
  }
};
