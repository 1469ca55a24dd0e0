"""Holds `translate mcp` to the Python client of the Model Context Protocol.

Usage: check_mcp.py LAUNCHER REPOSITORY
"""

import asyncio
import pathlib
import shutil
import sys
import tempfile

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

LAUNCHER, REPOSITORY = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
PAIR = REPOSITORY / "fixtures/comparisons/lenet-keras-verbatim"
TOOLS = ["check", "compare", "explain", "finding", "fix", "translate"]


def dump(result):
    """The result as plain data, whatever the client's version calls its members."""
    return result.model_dump(by_alias=True)


async def check(folder: pathlib.Path) -> None:
    server = StdioServerParameters(command=LAUNCHER, args=["mcp", str(folder)])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        about = dump(await session.initialize())
        assert about["serverInfo"]["name"] == "samestep", about
        tools = dump(await session.list_tools())["tools"]
        assert sorted(tool["name"] for tool in tools) == TOOLS, tools

        async def call(tool, **arguments):
            return dump(await session.call_tool(tool, arguments))

        pair = {"first": "source.prototxt", "second": "target.json"}
        compared = (await call("compare", **pair))["structuredContent"]
        assert compared["samestep"] == "comparison/1" and not compared["same_training"], compared
        assert "0.00025" in [remedy["write"] for remedy in compared["remedies"]], compared

        preview = (await call("fix"))["content"][0]["text"]
        assert "0.00025" in preview, preview
        before = (folder / "target.json").read_text()
        refused = await call("fix", preview="0" * 32)
        assert refused["isError"] and (folder / "target.json").read_text() == before, refused
        name = preview.split()[1]
        for _ in range(8):
            written = await call("fix", preview=name)
            assert not written["isError"], written
            preview = (await call("fix"))["content"][0]["text"]
            if preview == "nothing to change":
                break
            name = preview.split()[1]
        assert (await call("compare", **pair))["structuredContent"]["same_training"]

        outside = await call("explain", file="/etc/passwd")
        assert outside["isError"] and "no such file in the folders" in outside["content"][0]["text"], outside


with tempfile.TemporaryDirectory() as temporary:
    copy = pathlib.Path(temporary) / "port"
    shutil.copytree(PAIR, copy)
    (copy / ".git").mkdir()
    (copy / "samestep.yaml").write_text(
        "version: 1\npairs:\n  - source: {file: source.prototxt, net: net.prototxt}\n    target: target.json\n"
    )
    asyncio.run(check(copy))
print("a client of the Model Context Protocol compares, sees a fix, writes it, and is held to its folder")
