"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { test } = require("node:test");
const { startOf } = require("../server.js");

const PAIR = path.join(__dirname, "../../../fixtures/comparisons/lenet-keras-verbatim");
const WAIT = 120_000;

/** A client of the protocol: requests by number, notifications by name. */
function client(process) {
  let text = Buffer.alloc(0);
  let number = 0;
  const waiting = new Map();
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const wait = (key) => new Promise((resolve, reject) => {
    waiting.set(key, resolve);
    setTimeout(() => reject(new Error(`no answer: ${key}`)), WAIT).unref();
  });
  process.stdout.on("data", (chunk) => {
    text = Buffer.concat([text, chunk]);
    for (;;) {
      const head = text.indexOf("\r\n\r\n");
      const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/.exec(text.subarray(0, head))?.[1]);
      if (!(text.length >= head + 4 + length)) {
        return;
      }
      const message = JSON.parse(text.subarray(head + 4, head + 4 + length));
      text = text.subarray(head + 4 + length);
      waiting.get(message.id ?? message.method)?.(message.result ?? message.params);
    }
  });
  return {
    wait,
    notify: (method, params) => send({ method, params }),
    ask: (method, params) => {
      number += 1;
      const answer = wait(number);
      send({ id: number, method, params });
      return answer;
    },
  };
}

const command = process.env.SAMESTEP;

test("the real server finds a copied decay and mends it", { skip: command ? false : "SAMESTEP is not set" }, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "samestep-"));
  fs.cpSync(PAIR, folder, { recursive: true });
  fs.mkdirSync(path.join(folder, ".git"));
  const declared = "version: 1\npairs:\n  - source: source.prototxt\n    target: target.json\n";
  fs.writeFileSync(path.join(folder, "samestep.yaml"), declared);
  const start = startOf([command.includes("/") ? path.resolve(command) : command, "lsp"]);
  const server = spawn(start.command, start.args, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  try {
    const editor = client(server);
    const { capabilities } = await editor.ask("initialize", { processId: null, rootUri: null, capabilities: {} });
    assert.ok(capabilities.hoverProvider && capabilities.codeActionProvider);
    editor.notify("initialized", {});
    const file = path.join(folder, "target.json");
    const uri = pathToFileURL(file).href;
    const shown = editor.wait("textDocument/publishDiagnostics");
    const text = fs.readFileSync(file, "utf8");
    editor.notify("textDocument/didOpen", { textDocument: { uri, languageId: "json", version: 1, text } });
    const { diagnostics } = await shown;
    const lines = text.split("\n");
    const decay = diagnostics.find((d) => lines[d.range.start.line].includes("0.0005"));
    assert.ok(decay, JSON.stringify(diagnostics));
    const actions = await editor.ask("textDocument/codeAction", {
      textDocument: { uri }, range: decay.range, context: { diagnostics: [] },
    });
    assert.match(JSON.stringify(actions[0].edit), /0\.00025/);
  } finally {
    server.kill();
    fs.rmSync(folder, { recursive: true });
  }
});
