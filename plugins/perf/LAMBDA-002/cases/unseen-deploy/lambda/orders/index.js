const fs = require("fs");
const { TranslateClient, TranslateTextCommand } = require("@aws-sdk/client-translate");
const { LexRuntimeV2, RecognizeTextCommand } = require("@aws-sdk/client-lex-runtime-v2");
const settings = require("sdk-settings");

// Steps are loaded by name.
const steps = fs.readdirSync(`${__dirname}/steps`).map((name) => require(`./steps/${name}`));

const kept = new TranslateClient(settings("C1", {})); // ok: made with the module

exports.handler = async (event, context) => {
  // finding: LAMBDA-002 confidence: high
  const translate = new TranslateClient(settings("C1", { region: process.env.AWS_REGION }));
  const lex = new LexRuntimeV2({}); // finding: LAMBDA-002 confidence: high
  const command = new RecognizeTextCommand({ text: event.text }); // ok: what is asked, no client
  await lex.send(command);
  for (const step of steps) {
    await step(event);
  }
  return kept.send(new TranslateTextCommand({ Text: event.text })) ?? translate;
};
