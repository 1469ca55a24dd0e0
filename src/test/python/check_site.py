"""Looks at the built site: every relative link leads to a file, nothing is loaded from elsewhere, and in headless Chromium
(by playwright) some pages at three widths, light and dark, are no wider than the window. With the file axe.min.js of the
package axe-core, these pages have nothing that it calls serious or critical for people who cannot see or use a mouse.

    check_site.py FOLDER [CHROMIUM [AXE]]
"""

import html.parser
import pathlib
import re
import sys
import urllib.parse

from check_report import serve

WIDTHS = 1280, 768, 390
PAGES = "", "readme/", "pairs/", "findings/SS101/", "frameworks/pytorch/"


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.names, self.loads = [], set(), []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.names.update(filter(None, (given.get("id"), given.get("name"))))
        for name in "href", "src":
            address = given.get(name)
            if address:
                self.links.append(address)
                if tag in ("script", "img") or tag == "link" and given.get("rel") != "canonical":
                    self.loads.append(address)


def broken(folder):
    parsed = {}
    for file in sorted(folder.rglob("*.html")):
        parsed[file] = Links()
        parsed[file].feed(file.read_text("utf-8"))
    count = 0
    for file, links in parsed.items():
        if file.name == "404.html":
            continue
        yield from ("%s loads %s" % (file, a) for a in links.loads if re.match(r"(https?:)?//", a))
        for address in links.links:
            url = urllib.parse.urlsplit(address)
            if url.scheme or url.netloc:
                continue
            count += 1
            target = (file.parent / urllib.parse.unquote(url.path)).resolve() if url.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                yield "%s: no file for %s" % (file, address)
            elif url.fragment and target in parsed and urllib.parse.unquote(url.fragment) not in parsed[target].names | {"__skip"}:
                yield "%s: no place for %s" % (file, address)
    print("%d pages, %d links" % (len(parsed), count))


def barriers(page, axe):
    """What axe-core finds of a page, if it is at least serious."""
    page.add_script_tag(path=axe)
    for found in page.evaluate("axe.run().then(r => r.violations)"):
        if found["impact"] in ("serious", "critical"):
            first = found["nodes"][0]
            yield "axe %s: %s (%d places, first %s)" % (found["id"], found["help"], len(found["nodes"]), first["target"])


def looked_at(folder, command, axe):
    from playwright.sync_api import sync_playwright

    server, _ = serve(str(folder))
    origin = "http://127.0.0.1:%d/" % server.server_port
    papers = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=["--no-sandbox"])
        for width in WIDTHS:
            for scheme in "light", "dark":
                context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme)
                for address in PAGES:
                    page, where, problems = context.new_page(), "/%s at %d %s" % (address, width, scheme), []
                    page.on("pageerror", lambda error: problems.append(str(error)))
                    page.on("request", lambda r: r.url.startswith((origin, "data:", "blob:")) or problems.append("loads " + r.url))
                    page.goto(origin + address, wait_until="networkidle")
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    if wide > width + 1:
                        problems.append("%d wide" % wide)
                    if not page.locator("h1").count():
                        problems.append("no heading")
                    if address == "pairs/":
                        page.fill(".pairs-filter input", "adamw")
                        rows = page.locator("table.pairs tbody tr:visible").count()
                        if not 0 < rows < 1000:
                            problems.append("the filter leaves %d rows" % rows)
                    if axe:
                        problems += barriers(page, axe)
                    papers.add((scheme, page.evaluate("getComputedStyle(document.body).backgroundColor")))
                    name = "%s-%d-%s.png" % (address.strip("/").replace("/", "-") or "front", width, scheme)
                    page.screenshot(path=folder.parent / name)
                    page.close()
                    yield from ("%s: %s" % (where, problem) for problem in problems)
                context.close()
        browser.close()
    server.shutdown()
    if len(papers) != 2:
        yield "light and dark are not one colour each: %s" % papers


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    problems = list(broken(folder))
    if len(sys.argv) > 2:
        problems += looked_at(folder, sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
    else:
        print("not looked at: Chromium or the package playwright is missing")
    print(*problems, sep="\n")
    print("%d problems" % len(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
