import { useState } from "react";
import { day } from "../lib/day";

export const Order = ({ at }: { at: Date }) => <p>{useState(day(at))}</p>;
