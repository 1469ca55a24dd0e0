"""Says for each file named on standard input what CPython makes of it: one line of tokens, one of tree nodes.

All offsets are UTF-16 code units. A file that CPython refuses, or that is not UTF-8, is skipped with a reason.
"""
import ast
import io
import re
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)
LINE = re.compile(r"\r\n|\r|\n")
KINDS = {tokenize.NAME: "NAME", tokenize.NUMBER: "NUMBER", tokenize.STRING: "STRING", tokenize.OP: "OPERATOR",
         tokenize.COMMENT: "COMMENT", tokenize.NL: "LINE_BREAK", tokenize.NEWLINE: "NEWLINE",
         tokenize.INDENT: "INDENT", tokenize.DEDENT: "DEDENT", tokenize.ERRORTOKEN: "ERROR"}


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Lines:
    def __init__(self, text):
        self.lines, self.starts, at, last = [], [], 0, 0
        for end in [m.end() for m in LINE.finditer(text)] + [len(text)]:
            line = text[last:end]
            self.lines.append(line)
            self.starts.append(at)
            at += units(line) if not line.isascii() else len(line)
            last = end
        self.lines.append("")
        self.starts.append(at)

    def by_point(self, row, column):
        line = self.lines[row - 1]
        return self.starts[row - 1] + (column if line.isascii() else units(line[:column]))

    def by_byte(self, row, column):
        line = self.lines[row - 1]
        return self.starts[row - 1] + (column if line.isascii() else units(line.encode()[:column].decode()))


def tokens(text, lines):
    out, depth, start = [], 0, 0
    for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
        name = tokenize.tok_name[token.type]
        if name.startswith(("FSTRING_", "TSTRING_")):
            # Since 3.12 an f-string is many tokens.
            if name.endswith("START"):
                start = start if depth else lines.by_point(*token.start)
                depth += 1
            elif name.endswith("END"):
                depth -= 1
                if not depth:
                    out.append(f"STRING:{start}:{lines.by_point(*token.end)}")
            continue
        if depth or token.type == tokenize.ENDMARKER:
            continue
        kind = KINDS[token.type]
        if kind == "DEDENT":
            out.append(kind)
        elif kind in ("NEWLINE", "LINE_BREAK"):
            if token.string:
                out.append(f"{kind}:{lines.by_point(*token.start)}")
        else:
            out.append(f"{kind}:{lines.by_point(*token.start)}:{lines.by_point(*token.end)}")
    return out


def nodes(tree, lines):
    out, todo = [], [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.stmt, ast.expr)):
            start = lines.by_byte(node.lineno, node.col_offset)
            end = lines.by_byte(node.end_lineno, node.end_col_offset)
            name = type(node).__name__
            name = {"JoinedStr": "Constant", "TemplateStr": "Constant"}.get(name, name)
            out.append((start, -end, name))
        if not isinstance(node, ast.JoinedStr) and type(node).__name__ != "TemplateStr":
            todo.extend(ast.iter_child_nodes(node))
    return [f"{name}:{start}:{-end}" for start, end, name in sorted(out)]


def answer(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "not UTF-8", "", ""
    if text.startswith("\ufeff"):
        return "byte order mark", "", ""
    if re.search(r"\r(?!\n)", text) or "\x00" in text:
        return "lone carriage return or NUL", "", ""
    try:
        tree = ast.parse(data)
        lines = Lines(text)
        found = tokens(text, lines)
        # Before 3.12 tokenize is written in Python and splits identifiers that CPython itself accepts.
        state = "ok, tree only" if any(t.startswith("ERROR") for t in found) else "ok"
        return state, " ".join(found), " ".join(nodes(tree, lines))
    except (SyntaxError, RecursionError, MemoryError, tokenize.TokenError, ValueError) as e:
        return "refused: " + type(e).__name__, "", ""


for line in io.TextIOWrapper(sys.stdin.buffer, "utf-8"):
    for part in answer(line.rstrip("\n")):
        sys.stdout.write(part + "\n")
    sys.stdout.flush()
