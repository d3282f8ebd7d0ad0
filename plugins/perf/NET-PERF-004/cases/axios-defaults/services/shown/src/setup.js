import axios from "axios";

console.log("axios.defaults.timeout", axios.defaults.timeout);
