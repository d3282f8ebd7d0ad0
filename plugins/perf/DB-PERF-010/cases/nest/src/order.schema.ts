import { Prop, Schema, SchemaFactory } from "@nestjs/mongoose";
import { HydratedDocument, Types } from "mongoose";

export type OrderDocument = HydratedDocument<Order>;

@Schema({ timestamps: true })
export class Order {
  @Prop({ required: true, unique: true })
  number: string;

  @Prop({ type: Types.ObjectId, ref: "User" })
  user: Types.ObjectId;

  @Prop()
  shop: string;

  @Prop({ default: false })
  paid: boolean;
}

export const OrderSchema = SchemaFactory.createForClass(Order);
OrderSchema.index({ shop: 1, createdAt: -1 });
