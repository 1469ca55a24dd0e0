"""Builds the site of docs/ and the README into target/site/html.

    python src/main/site/build.py

Needs the packages of requirements.txt beside this file. Nothing is loaded from the network, neither here nor by the pages. A
link to nothing stops the build.
"""

import html
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = ROOT / "src/main/site"
WORK = ROOT / "target/site"
PAGES = WORK / "pages"

LINK = re.compile(r"(\[[^\]\n]*\])\(([^)\s:#]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"^```(\w+)(?: .*)?$")
# Formats without a lexer are shown as text.
LANGUAGES = {"prototxt": "text", "cfg": "ini"}

NAV = {
    "Use": ["check", "compare", "explain", "live", "ci", "settings", "programs", "library", "exit-codes", "mistakes"],
    "Understand": ["verdicts", "story", "approximations", "bounds", "porting-caffe-to-keras", "what-each-target-can-say"],
    "Reference": ["equations", "equations-language", "pairs", "one-name", "recordings", "recorded", "ports", "benchmarks"],
}


def copy_page(source, target):
    """The page with fences of one word, and with links to where the site has the file."""
    lines, fenced = [], False
    for line in source.read_text("utf-8").split("\n"):
        match = FENCE.match(line)
        if match and not fenced:
            line = "```" + LANGUAGES.get(match[1], match[1])
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            line = LINK.sub(lambda m: relink(m, source, target), line)
        lines.append(line)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines), "utf-8")


def relink(match, source, target):
    words, address, anchor = match[1], match[2], match[3] or ""
    file = (source.parent / address).resolve()
    if not file.is_relative_to(ROOT):
        return match[0]
    place = file.relative_to(ROOT)
    if file.is_dir():
        if not (file / "README.md").is_file():
            return words[1:-1]
        file, place = file / "README.md", place / "README.md"
    if place.parts[0] == "docs":
        new = PAGES / place.relative_to("docs")
    elif place.suffix == ".md" and len(place.parts) == 1:
        new = PAGES / place.name.lower()
    elif file.is_file():
        # MkDocs leaves out names that begin with a dot.
        new = PAGES / "files" / pathlib.Path(*(part.lstrip(".") for part in place.parts))
        if not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".md":
                copy_page(file, new)
            else:
                shutil.copy(file, new)
    else:
        return match[0]
    up = pathlib.Path(*[".."] * len(target.parent.relative_to(PAGES).parts))
    return "%s(%s%s)" % (words, (up / new.relative_to(PAGES)).as_posix(), anchor)


def pairs():
    """The many tables of pairs as one, whose rows pairs.js filters."""
    page = PAGES / "pairs.md"
    head, *sections = re.split(r"^(?=## )", page.read_text("utf-8"), flags=re.M)
    rows, rest = [], []
    for section in sections:
        title = re.match(r"## (\w+) to (\w+)\n", section)
        if not title:
            rest.append(section)
            continue
        for line in section.split("\n"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\| | \|$", line[2:])]
            if not line.startswith("| ") or cells[0] in ("first", "---") or cells[0].startswith("---"):
                continue
            # What is in the middle may have a bar of its own, as |a - b| has.
            first, second, verdict, *why = cells[:-1] if cells[-1] == "" and len(cells) > 6 else cells
            why, drift = " | ".join(why[:-2]), why[-2:]
            word = verdict.strip("*")
            rows.append('<tr data-from="%s" data-to="%s" data-verdict="%s">' % (title[1], title[2], html.escape(word)) + "".join(
                "<td>%s</td>" % html.escape(cell) for cell in [first, second, word, why, *drift]) + "</tr>")
    if len(rows) < 500:
        sys.exit("only %d pairs were found in docs/pairs.md" % len(rows))
    table = ('<div class="wide" tabindex="0" role="region" aria-label="pairs"><table class="pairs"><thead><tr><th>first</th>'
             "<th>second</th><th>verdict</th><th>why</th><th>drift, constant rate</th><th>falling</th></tr></thead><tbody>\n"
             + "\n".join(rows) + "\n</tbody></table></div>\n\n")
    page.write_text(head + "## The table\n\n" + table + "".join(rest), "utf-8")


def title(page):
    return next(line[2:] for line in page.read_text("utf-8").split("\n") if line.startswith("# ")).replace("`", "")


def navigation():
    taken = {"index.md", "readme.md"}
    nav = [{"Home": "index.md"}, {"First minute": "readme.md"}]
    for name, pages in NAV.items():
        names = [page + ".md" for page in pages]
        taken.update(names)
        nav.append({name: names})
    for folder in ["porting", "frameworks", "findings", "ledgers", "decisions"]:
        names = sorted(p.relative_to(PAGES).as_posix() for p in (PAGES / folder).rglob("*.md"))
        names.sort(key=lambda n: not n.endswith("README.md"))
        taken.update(names)
        nav.append({folder.capitalize(): [{title(PAGES / n): n} if n.endswith("README.md") else n for n in names]})
    rest = sorted(p.relative_to(PAGES).as_posix() for p in PAGES.rglob("*.md"))
    nav.append({"For contributors": [name for name in rest if name not in taken]})
    return nav


def write_yaml(value, indent):
    """Lists of names and of single pairs, which is all that the navigation is."""
    text = ""
    for item in value:
        if isinstance(item, str):
            text += "%s- %s\n" % (" " * indent, item)
        else:
            (key, inner), = item.items()
            key = '"%s"' % key.replace('"', "'")
            text += "%s- %s: %s\n" % (" " * indent, key, inner) if isinstance(inner, str) else "%s- %s:\n%s" % (
                " " * indent, key, write_yaml(inner, indent + 4))
    return text


def javadoc():
    """The API's pages, out of the jar that the profile release makes; the site is built without them where there is none."""
    jars = sorted((ROOT / "target").glob("samestep-*-javadoc.jar"), key=lambda jar: jar.stat().st_mtime)
    if not jars:
        print("without javadoc; this makes it: mvn -Prelease -DskipTests package")
        return []
    with zipfile.ZipFile(jars[-1]) as jar:
        jar.extractall(PAGES / "javadoc", [name for name in jar.namelist() if not name.startswith("META-INF")])
    return [{"Javadoc": "javadoc/index.html"}]


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    for file in sorted((ROOT / "docs").rglob("*")):
        target = PAGES / file.relative_to(ROOT / "docs")
        if file.suffix == ".md":
            copy_page(file, target)
        elif file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    for file in ROOT.glob("*.md"):
        copy_page(file, PAGES / file.name.lower())
    for name in ["index.md", "pairs.js", "reach.js", "site.css"]:
        shutil.copy(HERE / name, PAGES / name)
    pairs()
    config = WORK / "mkdocs.yml"
    config.write_text((HERE / "mkdocs.yml").read_text("utf-8") + "docs_dir: pages\nsite_dir: html\nnav:\n"
                      + write_yaml(navigation() + javadoc(), 2), "utf-8")
    return subprocess.call([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)])


if __name__ == "__main__":
    sys.exit(main())
