import axios from "axios";

Object.assign(axios.defaults, { timeout: 5000 });
