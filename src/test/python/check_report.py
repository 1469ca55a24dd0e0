"""Opens a page in headless Chromium, wide and narrow, light and dark, and looks for what went wrong.

    check_report.py CHROMIUM PAGE FOLDER

Nothing but a standard Python is needed. The page is served by this process, so that every request is seen: the page itself is
the only one. A copy of it says, in its title, what its own script finds: errors, and what is wider than the screen.
"""

import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-device-scale-factor=1",
]
WIDTHS = 1280, 390
# A window is never narrower than 500; a frame is.
FRAME = """<!DOCTYPE html><link rel="icon" href="data:,"><title>{}</title>
<iframe src="page.html" style="width: %dpx; height: 4000px; border: 0"></iframe>"""
PROBE = """<script>
const failures = [];
window.addEventListener('error', e => failures.push(String(e.message || e.target.src)), true);
window.addEventListener('load', () => {
  const width = document.documentElement.clientWidth;
  for (const e of document.querySelectorAll('main *')) {
    const scrolls = e.closest('.wide, pre');
    if (!scrolls && e.getBoundingClientRect().right > width + 1) failures.push('too wide: ' + e.tagName + ' ' + e.className);
  }
  for (const e of document.querySelectorAll('svg text')) {
    const box = e.getBoundingClientRect(), frame = e.ownerSVGElement.getBoundingClientRect();
    if (box.right > frame.right + 1 || box.left < frame.left - 1) failures.push('text cut: ' + e.textContent);
  }
  const loaded = performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith('data:'));
  window.parent.document.title = JSON.stringify({width, failures, loaded, charts: document.querySelectorAll('svg').length,
    paper: getComputedStyle(document.body).backgroundColor});
});
</script>"""


def serve(folder):
    requests = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=folder)

        def do_GET(self):
            requests.append(self.path)
            super().do_GET()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, requests


def chromium(command, url, width, height, dark, *arguments):
    with tempfile.TemporaryDirectory() as profile:
        flags = FLAGS + ["--user-data-dir=" + profile, "--window-size=%d,%d" % (width, height), *arguments]
        if dark:
            flags.append("--blink-settings=preferredColorScheme=0")
        done = subprocess.run([command, *flags, url], capture_output=True, text=True, timeout=120)
    return done.stdout, done.stderr


def main():
    command, page, out = sys.argv[1:]
    with open(page, encoding="utf-8") as f:
        text = f.read()
    problems = []
    if re.search(r'(?:src|href|url\()\s*=?\s*["\'(]?(?:https?:)?//', text):
        problems.append("the page names something to load")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.html"), "w", encoding="utf-8") as f:
            f.write(text.replace("<head>", "<head>" + PROBE, 1))
        for width in WIDTHS:
            with open(os.path.join(folder, "%d.html" % width), "w", encoding="utf-8") as f:
                f.write(FRAME % width)
        server, requests = serve(folder)
        papers = set()
        for width in WIDTHS:
            for dark in False, True:
                url = "http://127.0.0.1:%d/%d.html" % (server.server_port, width)
                del requests[:]
                dom, log = chromium(
                    command, url, WIDTHS[0] + 100, 4600, dark, "--enable-logging=stderr", "--v=0", "--virtual-time-budget=2000",
                    "--dump-dom")
                where = "%d %s" % (width, "dark" if dark else "light")
                title = re.search(r"<title>(.*?)</title>", dom, re.S)
                found = json.loads(title.group(1).replace("&quot;", '"').replace("&amp;", "&").replace("&gt;", ">"))
                if found["width"] != width:
                    problems.append("%s: the window is %d wide" % (where, found["width"]))
                problems += ["%s: %s" % (where, f) for f in found["failures"]]
                problems += ["%s: loads %s" % (where, name) for name in found["loaded"]]
                problems += ["%s: asks for %s" % (where, r) for r in requests if r not in ("/page.html", "/%d.html" % width)]
                problems += ["%s: %s" % (where, line) for line in log.splitlines() if "CONSOLE" in line]
                if found["charts"] < 4:
                    problems.append("%s: %d charts" % (where, found["charts"]))
                papers.add((dark, found["paper"]))
                name = os.path.join(out, "report-%d-%s.png" % (width, "dark" if dark else "light"))
                chromium(command, "file://" + os.path.abspath(page), width, 4600, dark, "--screenshot=" + name)
                if not os.path.exists(name):
                    problems.append(where + ": no screenshot")
        if len({paper for _, paper in papers}) != 2:
            problems.append("light and dark are the same: %s" % papers)
        server.shutdown()
    for problem in problems:
        print(problem)
    print("%d problems; screenshots in %s" % (len(problems), out))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
