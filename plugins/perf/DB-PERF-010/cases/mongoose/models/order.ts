import mongoose, { Schema } from "mongoose";

const addressSchema = new Schema({ city: String, zip: { type: String, index: true } });

const orderSchema = new Schema(
  {
    number: { type: String, unique: true },
    user: { type: Schema.Types.ObjectId, ref: "User" },
    shop: { type: Schema.Types.ObjectId, ref: "Shop" },
    paid: Boolean,
    state: { type: String, enum: ["open", "sent"] },
    total: Number,
    status: String,
    address: addressSchema,
    lines: [{ product: { type: Schema.Types.ObjectId, index: true }, count: Number }],
  },
  { timestamps: true },
);

orderSchema.index({ shop: 1, createdAt: -1 });

export const Order = mongoose.models.Order || mongoose.model("Order", orderSchema);
