const { SESClient, SendEmailCommand } = require("@aws-sdk/client-ses");

class Mailer {
  constructor() {
    this.client = new SESClient({}); // ok: its only instance is the module's; mutate: s/mailer.client/new Mailer().client/
  }
}

const mailer = new Mailer();

exports.send = async (event) => mailer.client.send(new SendEmailCommand(event));
