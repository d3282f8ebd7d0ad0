const app = require("express")();
const models = require("./models");

app.listen(8082);
models.sequelize.authenticate().then(() => console.log("there")); // ok: nothing waits for it; mutate: s|console.log("there")|app.listen(8083)|
