const { ECSClient, ListTasksCommand } = require("@aws-sdk/client-ecs");

const clients = new Map();

const clientFor = (region) => {
  if (clients.has(region)) return clients.get(region);
  const client = new ECSClient({ maxAttempts: 1 }); // ok: kept by region; mutate: s/  clients.set(region, client);//
  clients.set(region, client);
  return client;
};

exports.list = async (event) => clientFor(event.region).send(new ListTasksCommand({}));

exports.single = async (event) => {
  const asked = new Map();
  const client = new ECSClient({}); // finding: LAMBDA-002
  // This map ends with the invocation.
  asked.set(event.region, client);
  return asked.get(event.region).send(new ListTasksCommand({}));
};
