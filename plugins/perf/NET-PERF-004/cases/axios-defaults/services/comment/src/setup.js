import axios from "axios";

// axios.defaults.timeout = 5000 broke the export; the calls have their own.
axios.defaults.maxRedirects = 3;
