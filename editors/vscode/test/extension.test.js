"use strict";

const assert = require("node:assert/strict");
const Module = require("node:module");
const { test } = require("node:test");

/** An editor of which only that is there that the extension uses. */
function editor(command) {
  const seen = { errors: [], commands: {}, clients: [], listeners: [] };
  class LanguageClient {
    constructor(id, title, server, options) {
      Object.assign(this, { id, title, server, options, running: false });
      seen.clients.push(this);
    }

    async start() {
      if (this.server.command === "missing") {
        throw new Error("spawn missing ENOENT");
      }
      this.running = true;
    }

    async stop() {
      this.running = false;
    }
  }
  const settings = { command };
  const vscode = {
    workspace: {
      getConfiguration: (name) => ({ get: (key) => (name === "samestep" ? settings[key] : undefined) }),
      onDidChangeConfiguration: (listener) => seen.listeners.push(listener),
    },
    window: { showErrorMessage: (message) => seen.errors.push(message) },
    commands: {
      registerCommand: (name, action) => {
        seen.commands[name] = action;
      },
    },
  };
  return { seen, settings, modules: { vscode, "vscode-languageclient/node": { LanguageClient } } };
}

function loaded(modules) {
  const load = Module._load;
  Module._load = (name, ...rest) => modules[name] ?? load(name, ...rest);
  try {
    delete require.cache[require.resolve("../extension.js")];
    return require("../extension.js");
  } finally {
    Module._load = load;
  }
}

test("the server is started as the setting says, for the files that check looks into", async () => {
  const { seen, modules } = editor(["samestep", "lsp"]);
  const extension = loaded(modules);
  await extension.activate({ subscriptions: [] });

  assert.deepEqual(seen.clients.map((c) => c.server), [{ command: "samestep", args: ["lsp"] }]);
  assert.match(seen.clients[0].options.documentSelector[0].pattern, /\{cfg,.*,prototxt,.*\}/);
  await extension.deactivate();
  assert.equal(seen.clients[0].running, false);
});

test("a server that is not there is a message that says what to do", async () => {
  const { seen, modules } = editor(["missing"]);
  await loaded(modules).activate({ subscriptions: [] });

  assert.equal(seen.errors.length, 1);
  assert.match(seen.errors[0], /pip install samestep.*samestep\.command.*ENOENT/);
});

test("a setting that is no command starts nothing", async () => {
  for (const command of [undefined, [], "samestep lsp", [1], [""]]) {
    const { seen, modules } = editor(command);
    await loaded(modules).activate({ subscriptions: [] });
    assert.equal(seen.clients.length, 0);
    assert.match(seen.errors[0], /must be a list of texts/);
  }
});

test("a changed setting and the command start it anew", async () => {
  const { seen, settings, modules } = editor(["one"]);
  await loaded(modules).activate({ subscriptions: [] });
  settings.command = ["two", "lsp"];
  await seen.listeners[0]({ affectsConfiguration: (name) => name === "samestep.command" });
  await seen.listeners[0]({ affectsConfiguration: () => false });
  await seen.commands["samestep.restart"]();

  assert.deepEqual(seen.clients.map((c) => [c.server.command, c.running]), [["one", false], ["two", false], ["two", true]]);
});
