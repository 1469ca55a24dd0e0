"""Opens a copied decay in a real Neovim with the language server, and mends it.

Usage: check_editor.py LAUNCHER REPOSITORY
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

LAUNCHER, REPOSITORY = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
PAIR = REPOSITORY / "fixtures/comparisons/lenet-keras-verbatim"

SCRIPT = """
local said = {}
local function finish()
  local file = io.open('said.json', 'w')
  file:write(vim.json.encode(said))
  file:close()
  vim.cmd('qa!')
end
vim.cmd('edit target.json')
local client = vim.lsp.start_client({ name = 'samestep', cmd = { '%s', 'lsp' }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)
local function all() return vim.diagnostic.get(0) end
vim.wait(120000, function() return #all() > 0 end, 100)
for _, d in ipairs(all()) do
  table.insert(said, { line = d.lnum + 1, code = d.code, message = d.message })
end
local decay
for _, d in ipairs(all()) do
  if vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1]:find('0.0005', 1, true) then decay = d end
end
if not decay then return finish() end
local position = { line = decay.lnum, character = decay.col }
local document = vim.lsp.util.make_text_document_params()
local function ask(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 60000) or {}) do return answer.result end
end
local hover = ask('textDocument/hover', { textDocument = document, position = position })
said.hover = hover and hover.contents.value
local actions = ask('textDocument/codeAction', {
  textDocument = document, range = { start = position, ['end'] = position }, context = { diagnostics = {} } })
said = { diagnostics = said, hover = said.hover, fix = actions[1].title }
said.diagnostics.hover = nil
vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
vim.cmd('write')
vim.wait(60000, function() return #all() == 0 end, 100)
said.left = #all()
finish()
"""

with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary) / "port"
    shutil.copytree(PAIR, folder)
    (folder / ".git").mkdir()
    (folder / "samestep.yaml").write_text("version: 1\npairs:\n  - source: source.prototxt\n    target: target.json\n")
    (folder / "editor.lua").write_text(SCRIPT % LAUNCHER)
    subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", "editor.lua"], cwd=folder, timeout=300, check=True
    )
    said = json.loads((folder / "said.json").read_text())
    print(json.dumps(said, indent=2))
    assert any("2 times as much" in d["message"] for d in said["diagnostics"]), said
    assert "to the gradient" in said["hover"], said
    assert "0.00025" in (folder / "target.json").read_text(), said
    assert said["left"] == 0, said
print("Neovim shows the copied decay, what it does, and mends it")
