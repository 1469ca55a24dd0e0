"""Checks a certificate that two trainings take the same steps (docs/certificates.md), with the standard library alone.

It shares no code with the program that wrote it: it reads the equations, draws primes and points of its own, and takes one
update of both sides at each. ``python certificate.py FILE...``: exit code 0 proven, 1 refused with the reason.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
import re
import secrets
import sys
from fractions import Fraction
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

ARITY = {"sqrt": 1, "abs": 1, "sign": 1, "floor": 1, "f32": 1, "pow": 2, "min": 2, "max": 2, "clip": 3, "where": 3}
WIDE, NARROW = ("layer", "group", "all"), ("rows", "columns", "tensor")
BUILTIN = "g w w_old eta eta_prev eta_0 eta_max t k micro first batch outputs".split()
# What is zero at points of their own: weights, states, gradients (1: the first entries, 2: all), the learning rate.
ZEROS = [(0, 0, 2, 0), (0, 0, 1, 0), (1, 0, 0, 0), (1, 0, 2, 0), (0, 1, 0, 0), (0, 1, 2, 0), (1, 1, 0, 0), (1, 1, 2, 0)]
ZEROS.append((0, 0, 0, 1))
LEAST_BITS, OWN_BITS, FEWEST, MOST_POINTS, MOST_DRAWS, MOST_PRIMES = 64, 40, 12, 20_000, 2_000_000, 300


class Refused(Exception):
    """Why nothing is proven."""


class NoRoot(Exception):
    """A root does not exist at this point: another one is drawn."""


def need(holds: object, why: str) -> None:
    if not holds:
        raise Refused(why)


def parsed(text: str) -> List[Any]:
    """Python's own parser reads the statements; numbers become fractions. What else it allows is refused later."""
    need(text.isascii() and ";" not in text and len(text) < 20_000, "equations: not in the language")
    try:
        body, lines = ast.parse(text).body, text.splitlines()
        for node in (n for statement in body for n in ast.walk(statement)):
            if isinstance(node, ast.Constant):
                word = lines[node.lineno - 1][node.col_offset : node.end_col_offset]
                need(re.fullmatch(r"(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?", word, re.I), f"equations: {word} is no number")
                node.value = Fraction(word)  # type: ignore[assignment]
        return list(body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refused("equations: not in the language") from None


class Equations:
    """An equation file: hyper-parameters, states, and the statements of its three phases."""

    def __init__(self, text: str) -> None:
        self.hypers, self.states, lines = [], [], []
        for line in (whole.split("#")[0].rstrip() for whole in text.splitlines()):
            word, _, rest = line.strip().partition(" ")
            if word in ("hyper", "flag"):
                self.hypers.append(rest.split()[0])
            elif word == "state":
                names, _, initial = rest.partition("=")
                extent, name = (["element"] + names.split())[-2:]
                need(extent in ("element", "tensor", "group", "run"), f"equations: no state is kept per {extent}")
                self.states.append((extent, name, parsed(initial.strip())[0].value))
            elif word not in ("optimizer", "source", "family", "trait"):
                line = re.sub(r"^(\s*)when ", r"\1if ", re.sub(r"^(\s*)otherwise:$", r"\1else:", line))
                lines.append(re.sub(r"^(step|parameter):$", r"if __\1:", line))
        self.phases: Dict[str, List[Any]] = {"__step": [], "__parameter": [], "body": []}
        for s in parsed("\n".join(lines)):
            phase = s.test.id if isinstance(s, ast.If) and isinstance(s.test, ast.Name) else ""
            self.phases[phase if phase in self.phases else "body"] += s.body if phase in self.phases else [s]
        declared = [*self.hypers, *(name for _, name, _ in self.states), *BUILTIN]
        need(len(set(declared)) == len(declared), "equations: a name is declared twice")
        self.reduced = {n.args[1].id for s in sum(self.phases.values(), []) for n in ast.walk(s) if reduces(n)}


def reduces(node: Any) -> bool:
    """Whether it makes one number of many, such as norm(g, all)."""
    last = node.args[-1] if isinstance(node, ast.Call) and len(node.args) == 2 else None
    return isinstance(last, ast.Name) and last.id in WIDE + NARROW and node.func.id in ("norm", "sum", "mean", "max")


class Num(NamedTuple):
    """A residue; as (per update, offset) the number that it is, where that is known; the degrees of its polynomials."""

    v: int
    known: Optional[Tuple[Fraction, Fraction]]
    up: int
    down: int


Value = List[Num]


def is_prime(n: int) -> bool:
    return n > 40 and all(pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37))


def safe_prime() -> int:
    """A random prime p = 2q + 1 of 61 bits with q prime, modulo which primes to 37 are squares (by reciprocity)."""
    small = (5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    while True:
        p = (secrets.randbits(60) + (1 << 60)) // 24 * 24 + 23
        if all(p % s > 1 and (pow(p, s // 2, s) == 1) == (s % 4 == 1) for s in small):
            if is_prime(p // 2) and is_prime(p):
                return p


class Arithmetic:
    """Numbers modulo a prime. Squares stand for positive numbers; a root is the one that is a square."""

    def __init__(self) -> None:
        self.p = safe_prime()
        self.unlucky, self.degree, self.root_bits, self.decisions = False, 0, 0, 0
        self.numbers: Dict[Fraction, Num] = {}
        self.new_point()

    def new_point(self) -> None:
        self.powers: Dict[int, int] = {1: 1}
        self.ties: Dict[int, int] = {}
        self.roots: Dict[Tuple[int, int], int] = {}
        self.decided: Dict[Tuple[bool, int], None] = {}
        self.updates = Num(self.draw().v, (Fraction(1), Fraction(0)), 1, 0)

    def draw(self) -> Num:
        return Num(1 + secrets.randbelow(self.p - 1), None, 1, 0)

    def positive(self) -> Num:
        return Num(self.draw().v ** 2 % self.p, None, 2, 0)

    def is_positive(self, v: int) -> bool:
        return pow(v, self.p // 2, self.p) == 1

    def exact(self, per: Fraction, offset: Fraction, v: int) -> Num:
        self.unlucky |= not per and offset != 0 and self.is_positive(v % self.p) != (offset > 0)
        return Num(v % self.p, (per, offset), 1 if per else 0, 0)

    def number(self, x: Fraction) -> Num:
        if x not in self.numbers:
            self.numbers[x] = self.exact(Fraction(0), x, x.numerator * pow(x.denominator, -1, self.p))
        return self.numbers[x]

    def add(self, a: Num, b: Num) -> Num:
        if a.known and b.known:
            return self.exact(a.known[0] + b.known[0], a.known[1] + b.known[1], a.v + b.v)
        return Num((a.v + b.v) % self.p, None, max(a.up + b.down, b.up + a.down), a.down + b.down)

    def multiply(self, a: Num, b: Num) -> Num:
        for x, y in ((a, constant(b)), (b, constant(a))):
            if x.known and y is not None:
                return self.exact(x.known[0] * y, x.known[1] * y, a.v * b.v)
        return Num(a.v * b.v % self.p, None, a.up + b.up, a.down + b.down)

    def divide(self, a: Num, b: Num) -> Num:
        c = constant(b)
        if b.v == 0:
            raise ZeroDivisionError
        return self.multiply(a, self.number(1 / c) if c else Num(pow(b.v, -1, self.p), None, b.down, b.up))

    def subtract(self, a: Num, b: Num) -> Num:
        return self.add(a, self.multiply(self.number(Fraction(-1)), b))

    def order(self, a: Num, b: Num, jumps: bool = False) -> int:
        """-1, 0 or 1. Where an update jumps, two numbers are taken for equal half of the time: no random point is there."""
        if a.known and b.known and a.known[0] == b.known[0]:
            return (a.known[1] > b.known[1]) - (a.known[1] < b.known[1])
        key = min((a.v - b.v) % self.p, (b.v - a.v) % self.p)
        if jumps:
            self.decided[True, key] = None
            if self.ties.setdefault(key, secrets.randbits(1)):
                key = 0
        if key:
            self.decided[False, key] = None
        self.decisions = max(self.decisions, len(self.decided))
        return (1 if self.is_positive((a.v - b.v) % self.p) else -1) if key else 0

    def raised(self, a: Num, exponent: Fraction) -> Num:
        """A power; one that is a root is only of a positive number, and half of a point's numbers are none."""
        order = self.p - 1
        if exponent.denominator > 1:
            order //= 2
            if not self.is_positive(a.v):
                raise NoRoot
            if constant(a) is None:
                self.roots[a.v, exponent.denominator] = (exponent.denominator - 1).bit_length()
                self.root_bits = max(self.root_bits, sum(self.roots.values()))
        v = pow(a.v, exponent.numerator * pow(exponent.denominator, -1, order) % order, self.p)
        up, down = (math.ceil(abs(exponent) * degree) for degree in (a.up, a.down))
        return Num(v, None, up, down) if exponent >= 0 else Num(v, None, down, up)

    def power_of_updates(self, base: int) -> Num:
        self.unlucky |= not self.is_positive(base)
        need(self.is_positive(base), "a power of the number of updates is of a number that is not positive")
        return Num(self.powers.setdefault(base, self.positive().v), None, 2, 0)

    def power(self, a: Num, e: Num) -> Num:
        need(e.known and (not e.known[0] or a.v), "a power is not proven whose exponent is no constant")
        per, offset = e.known or (Fraction(0), Fraction(0))
        if per:
            return self.multiply(self.raised(self.power_of_updates(a.v), per), self.raised(a, offset))
        if a.v == 0 and offset:
            return a if offset > 0 else self.divide(a, a)
        if offset.denominator == 1 and 0 <= offset < 16:
            result = self.number(Fraction(1))
            for _ in range(int(offset)):
                result = self.multiply(result, a)
            return result
        return self.raised(a, offset)


def constant(a: Num) -> Optional[Fraction]:
    return a.known[1] if a.known and not a.known[0] else None


FUNCTIONS: Dict[str, Callable[..., Num]] = {
    "sqrt": lambda m, a: m.raised(a, Fraction(1, 2)) if a.v else a,
    "abs": lambda m, a: a if m.order(a, m.number(Fraction(0))) >= 0 else m.subtract(m.number(Fraction(0)), a),
    "sign": lambda m, a: m.number(Fraction(m.order(a, m.number(Fraction(0)), True))),
    "floor": lambda m, a: a if (constant(a) or Fraction(1, 2)).denominator == 1 else need(a.v == 0, "floor") or a,
    "f32": lambda m, a: a,
    "pow": lambda m, a, b: m.power(a, b),
    "min": lambda m, a, b: a if m.order(a, b) <= 0 else b,
    "max": lambda m, a, b: a if m.order(a, b) >= 0 else b,
    "clip": lambda m, a, low, high: FUNCTIONS["min"](m, FUNCTIONS["max"](m, a, low), high),
    "where": lambda m, a, b, c: b if a.v else c,
}
OPERATORS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
ORDERS = {ast.Lt: (-1,), ast.LtE: (-1, 0), ast.Gt: (1,), ast.GtE: (1, 0), ast.Eq: (0,)}


def each(function: Callable[..., Num], *values: Value) -> Value:
    size = max(map(len, values))
    return [function(*(v[i if len(v) > 1 else 0] for v in values)) for i in range(size)]


class Frame:
    """The names of a tensor, of a group of tensors, or of the run."""

    def __init__(self, shape: Tuple[int, int], layer: str, group: Optional[Frame] = None, run: Optional[Frame] = None):
        self.names: Dict[Any, Value] = {}
        self.shape, self.size, self.layer, self.group, self.run = (
            shape,
            shape[0] * shape[1],
            layer,
            group or self,
            run or self,
        )


class Program:
    """Equations with numbers, for all tensors that share them."""

    def __init__(self, machine: Arithmetic, equations: Equations, values: Dict[str, Value]) -> None:
        self.machine, self.equations, self.values = machine, equations, values
        self.owner = {name: extent for extent, name, _ in equations.states}
        for node in (n for s in equations.phases["__step"] for n in ast.walk(s) if isinstance(n, ast.Assign)):
            self.owner.setdefault(getattr(node.targets[0], "id", ""), "run")
        self.is_wide = any(
            True for s in equations.phases["__parameter"] + equations.phases["body"] for _ in self.wide(s)
        )

    def place(self, name: str, frame: Frame) -> Tuple[Dict[Any, Value], Any]:
        owner = {"run": frame.run, "group": frame.group}.get(self.owner.get(name, ""), frame)
        return (frame.names, name) if name in BUILTIN else (owner.names, (id(self), name))

    def wide(self, node: Any) -> Iterator[Any]:
        """What it reduces over several tensors, the inner first; what its numbers switch off is no part of it."""
        parts = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If) or isinstance(node, ast.Call) and getattr(node.func, "id", "") == "where":
            test = node.test if isinstance(node, ast.If) else node.args[0]
            if {n.id for n in ast.walk(test) if isinstance(n, ast.Name)} <= {*self.values, *ARITY}:
                holds = self.value(test, Frame((1, 1), ""))[0].v
                parts = (
                    (node.body if holds else node.orelse)
                    if isinstance(node, ast.If)
                    else [node.args[1 if holds else 2]]
                )
        for part in parts:
            yield from self.wide(part)
        if reduces(node) and node.args[1].id in WIDE:
            yield node

    def value(self, e: Any, f: Frame) -> Value:
        m = self.machine
        if isinstance(e, ast.Constant):
            return [m.number(e.value)]  # type: ignore[arg-type]
        if isinstance(e, ast.Name):
            names, key = self.place(e.id, f)
            need(e.id in self.values or key in names, f"equations: no value for {e.id}")
            return self.values[e.id] if e.id in self.values else names[key]
        if isinstance(e, ast.UnaryOp) and isinstance(e.op, ast.USub):
            return each(m.subtract, [m.number(Fraction(0))], self.value(e.operand, f))
        if isinstance(e, ast.BinOp) and type(e.op) in OPERATORS:
            return each(getattr(m, OPERATORS[type(e.op)]), self.value(e.left, f), self.value(e.right, f))
        if isinstance(e, ast.Compare) and len(e.ops) == 1 and type(e.ops[0]) in ORDERS:
            orders, jumps = ORDERS[type(e.ops[0])], not isinstance(e.ops[0], ast.Eq)
            holds: Callable[..., Num] = lambda a, b: m.number(Fraction(m.order(a, b, jumps) in orders))
            return each(holds, self.value(e.left, f), self.value(e.comparators[0], f))
        need(
            isinstance(e, ast.Call) and isinstance(e.func, ast.Name) and not e.keywords,
            "equations: not in the language",
        )
        if reduces(e):
            return f.names[id(self), id(e)] if e.args[1].id in WIDE else self.narrow(e, f)
        name = e.func.id
        need(ARITY.get(name) == len(e.args), f"{name}() is not proven")
        condition = self.value(e.args[0], f)
        if name == "where" and len(condition) == 1:
            return self.value(e.args[1 if condition[0].v else 2], f)
        return each(lambda *a: FUNCTIONS[name](m, *a), condition, *(self.value(a, f) for a in e.args[1:]))

    def narrow(self, e: Any, f: Frame) -> Value:
        all_of, columns = each(lambda a, _: a, self.value(e.args[0], f), [self.machine.updates] * f.size), f.shape[1]
        if e.args[1].id == "tensor":
            return [self.reduced(e.func.id, all_of)]
        part = (lambda i: i // columns) if e.args[1].id == "rows" else (lambda i: i % columns)
        return [self.reduced(e.func.id, [a for j, a in enumerate(all_of) if part(j) == part(i)]) for i in range(f.size)]

    def reduced(self, word: str, values: Value) -> Num:
        m, result = self.machine, values[0] if word != "norm" else self.machine.multiply(values[0], values[0])
        for a in values[1:]:
            result = (
                FUNCTIONS["max"](m, result, a)
                if word == "max"
                else m.add(result, m.multiply(a, a) if word == "norm" else a)
            )
        return (
            FUNCTIONS["sqrt"](m, result)
            if word == "norm"
            else m.divide(result, m.number(Fraction(len(values) if word == "mean" else 1)))
        )

    def start(self, f: Frame, *extents: str) -> None:
        for extent, name, initial in self.equations.states:
            if extent in extents:
                names, key = self.place(name, f)
                names[key] = self.value(initial, f) * (f.size if extent == "element" else 1)
                names[key] = names[key][: f.size]

    def body(self, frames: List[Frame]) -> None:
        for f in frames:
            self.run(self.equations.phases["__parameter"], [f])
        self.run(self.equations.phases["body"], frames)

    def run(self, statements: List[Any], frames: List[Frame]) -> None:
        for s in statements:
            if isinstance(s, ast.If):
                true = [f for f in frames if self.value(s.test, f)[0].v]
                self.run(s.body, true)
                self.run(s.orelse, [f for f in frames if f not in true])
                continue
            name = getattr(s.targets[0], "id", "") if isinstance(s, ast.Assign) and len(s.targets) == 1 else ""
            need(name in ("g", "w") or name not in ("", *BUILTIN, *self.values), "equations: not in the language")
            for e in self.wide(s.value):
                key: Callable[[Frame], Any] = lambda f: {"layer": f.layer, "group": id(f.group)}.get(e.args[1].id, "")
                for one in dict.fromkeys(map(key, frames)):
                    members = [f for f in frames if key(f) == one]
                    parts = [
                        each(lambda a, _: a, self.value(e.args[0], f), [self.machine.updates] * f.size) for f in members
                    ]
                    for f in members:
                        f.names[id(self), id(e)] = [self.reduced(e.func.id, sum(parts, []))]
            for f in frames:
                value, (names, where) = self.value(s.value, f), self.place(name, f)
                whole = name in ("g", "w") or self.owner.get(name) == "element"
                names[where] = value * f.size if whole and len(value) == 1 else value


class Side:
    """One of the two trainings: its tensors, and its states in the order of the certificate."""

    def __init__(
        self, machine: Arithmetic, certificate: Any, which: str, texts: Dict[str, Equations], shape: Tuple[int, int]
    ):
        self.machine, self.run, self.tensors, self.programs = machine, Frame((1, 1), ""), [], {}
        groups: Dict[Any, Frame] = {}
        for side in (tensor[which] for tensor in certificate["tensors"]):
            stages = [(self.program(texts, stage), stage["accumulates"]) for stage in side["stages"]]
            group = groups.setdefault(tuple(id(p) for p, _ in stages), Frame((1, 1), "", run=self.run))
            f: Any = Frame(shape, side["layer"], group, self.run)
            split = next((i for i, (_, accumulates) in enumerate(stages) if accumulates), 0)
            f.before, f.after = [p for p, _ in stages[:split]], [p for p, _ in stages[split:]]
            f.frozen, f.multiplier = side["frozen"], number(machine, side["rate_multiplier"])[0]
            self.tensors.append(f)
        self.states: Dict[Any, Tuple[int, str, str, Program, Frame]] = {}
        for i, f in enumerate(self.tensors):
            for p in [] if f.frozen else f.before + f.after:
                for extent, name, _ in p.equations.states:
                    names, key = p.place(name, f)
                    self.states.setdefault((id(names), key), (i if names is f.names else -1, name, extent, p, f))

    def program(self, texts: Dict[str, Equations], stage: Any) -> Program:
        key = (stage["equations"], json.dumps(stage["values"], sort_keys=True))
        if key not in self.programs:
            need(key[0] in texts, "a stage has equations that are not in the certificate")
            values = {name: number(self.machine, stage["values"][name]) for name in texts[key[0]].hypers}
            self.programs[key] = Program(self.machine, texts[key[0]], values)
        return self.programs[key]

    def update(
        self, first: bool, t: Num, rates: Value, gradients: List[List[Value]], constants: Dict[str, Value]
    ) -> None:
        m, steps = self.machine, self.machine.number(Fraction(len(gradients)))
        one, last = m.number(Fraction(1)), m.number(Fraction(len(gradients) - 1))
        counts = {"t": [t], "k": [m.add(t, one)], "micro": [m.add(m.multiply(t, steps), last)], **constants}
        counts["first"] = [m.number(Fraction(first))]
        for f in [self.run, *self.tensors]:
            eta = [m.multiply(rate, one if f is self.run else f.multiplier) for rate in rates]
            f.names.update(counts, eta=eta[:1], eta_prev=eta[1:2], eta_0=eta[2:3], eta_max=eta[3:])
            f.names["w_old"] = f.names.get("w", [one])
        for p in self.programs.values():
            if first:
                p.start(self.run, "run")
            p.run(p.equations.phases["__step"], [self.run])
        for i, f in enumerate(self.tensors):
            f.waiting, total = [] if f.frozen else list(f.after), [m.number(Fraction(0))]
            for gradient in [] if f.frozen else gradients:
                f.names["g"] = gradient[i]
                for p in f.before:
                    p.body([f])
                total = each(m.add, total, f.names["g"])
            f.names["g"] = total
            for p in f.after if first else []:
                p.start(f, "group")
        while any(f.waiting for f in self.tensors):
            wide: Dict[Program, List[Frame]] = {}
            for f in self.tensors:
                while f.waiting:
                    p = f.waiting.pop(0)
                    if first:
                        p.start(f, "element", "tensor")
                    if p.is_wide:
                        wide.setdefault(p, []).append(f)
                        break
                    p.body([f])
            for p, frames in wide.items():
                p.body(frames)


def number(machine: Arithmetic, text: str) -> Value:
    e = parsed(text)[0].value
    need(not any(isinstance(n, ast.Name) and n.id not in ARITY for n in ast.walk(e)), f"{text} is no number")
    return Program(machine, Equations(""), {}).value(e, Frame((1, 1), ""))
