"use strict";

/** Endings of files that `samestep check` looks into and an editor shows as text; a test holds them to FileSearch. */
const ENDINGS = [
  "cfg", "config", "ipynb", "json", "pbtxt", "prototxt", "py", "solver", "toml", "yaml", "yml",
];

/** Which documents the server is told of. */
const SELECTOR = [{ scheme: "file", pattern: `**/*.{${ENDINGS.join(",")}}` }];

/**
 * How the server is started, for vscode-languageclient.
 *
 * @param {unknown} command the setting `samestep.command`: the program and its arguments
 * @returns {{command: string, args: string[]}}
 * @throws {Error} with words for the user, if the setting is none of these
 */
function startOf(command) {
  const good = Array.isArray(command) && command.length > 0 && command.every((part) => typeof part === "string" && part);
  if (!good) {
    throw new Error('samestep.command must be a list of texts, such as ["samestep", "lsp"]');
  }
  return { command: command[0], args: command.slice(1) };
}

module.exports = { ENDINGS, SELECTOR, startOf };
