"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { SELECTOR, startOf } = require("./server.js");

const MISSING = "Samestep's language server does not start. `pip install samestep` installs it;"
  + " if it is there under another name, say so in the setting samestep.command.";

/** @type {LanguageClient | undefined} */
let client;

async function start() {
  try {
    const command = vscode.workspace.getConfiguration("samestep").get("command");
    client = new LanguageClient("samestep", "Samestep", startOf(command), { documentSelector: SELECTOR });
    await client.start();
  } catch (problem) {
    client = undefined;
    vscode.window.showErrorMessage(`${MISSING} (${problem.message})`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** Called by the editor. */
async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("samestep.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("samestep.command")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
