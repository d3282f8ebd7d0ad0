import convict from "convict";

export default convict({ database: { url: { env: "DATABASE_URL" }, pool: { max: { default: 5 } } } });
