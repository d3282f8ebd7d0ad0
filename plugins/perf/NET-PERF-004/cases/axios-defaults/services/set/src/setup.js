import axios from "axios";

axios.defaults.timeout = 5000;
