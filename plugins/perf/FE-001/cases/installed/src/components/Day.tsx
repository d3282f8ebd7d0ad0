import { useState } from "react";
// ok: the bundle is installed with the application; mutate: package.json s/"react-native": "0.74", //
import moment from "moment";

export const Day = () => <time title={useState(moment())[0].format()} />;
