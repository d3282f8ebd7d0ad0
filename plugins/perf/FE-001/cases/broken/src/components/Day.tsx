import { useState } from "react";
import moment from "moment"; // finding: FE-001

export const Day = () => <time title={useState(moment())[0].format()} />;

export const Broken = ( => {
