"""Checks a certificate that two trainings take the same steps (docs/certificates.md), with the standard library alone.

It shares no code with the program that wrote it: it reads the equations, draws primes and points of its own, and takes one
update of both sides at each. ``python certificate.py FILE...``: exit code 0 proven, 1 refused with the reason, 2 not
read.
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
from typing import Any, Callable, NamedTuple

ARITY = {"sqrt": 1, "abs": 1, "sign": 1, "floor": 1, "f32": 1, "pow": 2, "min": 2, "max": 2, "clip": 3, "where": 3}
BUILTIN = {"g", "w", "w_old", "eta", "eta_prev", "eta_0", "eta_max", "t", "k", "micro", "first", "batch", "outputs"}
OPERATORS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
ORDERS = {ast.Lt: (-1,), ast.LtE: (-1, 0), ast.Gt: (1,), ast.GtE: (1, 0), ast.Eq: (0,)}
# What is zero at points of their own: weights, states, gradients (1: the first entries, 2: all), the learning rate.
ZEROS = [(0, 0, 2, 0), (0, 0, 1, 0), (1, 0, 0, 0), (1, 0, 2, 0), (0, 1, 0, 0), (0, 1, 2, 0), (1, 1, 0, 0), (1, 1, 2, 0)]
ZEROS.append((0, 0, 0, 1))
LEAST_BITS, OWN_BITS, FEWEST, MOST_POINTS, MOST_DRAWS, MOST_PRIMES = 64, 40, 12, 20_000, 5_000, 100


class Refused(Exception):
    """Why nothing is proven."""


class NoRoot(Exception):
    """A root does not exist at this point; it uses these variables."""

    def __init__(self, uses: int) -> None:
        super().__init__()
        self.uses = uses


def need(holds: object, why: str) -> None:
    if not holds:
        raise Refused(why)


def parsed(text: str) -> list[Any]:
    """Statements, by Python's own parser; numbers become fractions. What else it allows is refused when it is met."""
    need(text.isascii() and ";" not in text and len(text) < 20_000, "equations: not in the language")
    try:
        body, lines = ast.parse(text).body, text.splitlines()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refused("equations: not in the language") from None
    for node in (n for statement in body for n in ast.walk(statement)):
        if isinstance(node, ast.expr):
            node.inner = reductions(node)  # type: ignore[attr-defined]
        if not isinstance(node, ast.Constant):
            continue
        word = lines[node.lineno - 1][node.col_offset : node.end_col_offset]
        need(re.fullmatch(r"(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", word), f"equations: {word} is no number")
        node.value = Fraction(word)  # type: ignore[assignment]
    return list(body)


def reduces(e: Any) -> str:
    """Over what one number is made of many, such as norm(g, tensor); empty where none is."""
    last = e.args[1] if isinstance(e, ast.Call) and len(e.args) == 2 else None
    of_many = isinstance(last, ast.Name) and last.id in ("rows", "columns", "tensor", "layer", "group", "all")
    return last.id if of_many and getattr(e.func, "id", "") in ("norm", "sum", "mean", "max") else ""  # type: ignore


def reductions(e: Any) -> list[Any]:
    """Those in an expression, the inner ones first."""
    return [n for child in ast.iter_child_nodes(e) for n in reductions(child)] + ([e] if reduces(e) else [])


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
                extent, name = (["element", *names.split()])[-2:]
                need(extent in ("element", "tensor", "run"), f"equations: this checker keeps no state per {extent}")
                self.states.append((extent, name, parsed(initial.strip())[0].value))
            elif word not in ("optimizer", "source", "family", "trait"):
                line = re.sub(r"^(\s*)otherwise:$", r"\1else:", re.sub(r"^(\s*)when ", r"\1if ", line))
                lines.append(re.sub(r"^(step|parameter):$", r"if __\1:", line))
        self.step: list[Any] = []
        self.body: list[Any] = []
        for s in parsed("\n".join(lines)):
            phase = s.test.id if isinstance(s, ast.If) and isinstance(s.test, ast.Name) else ""
            (self.step if phase == "__step" else self.body).extend(s.body if phase[:2] == "__" else [s])
        self.extents = {name: extent for extent, name, _ in self.states}
        for node in (n for s in self.step for n in ast.walk(s) if isinstance(n, ast.Assign)):
            self.extents.setdefault(getattr(node.targets[0], "id", ""), "run")
        declared = [*self.hypers, *(name for _, name, _ in self.states), *BUILTIN]
        need(len(set(declared)) == len(declared), "equations: a name is declared twice")
        self.reduced = {reduces(n) for s in self.body for n in ast.walk(s)} - {""}
        need(self.reduced <= {"rows", "columns", "tensor"}, "this checker takes each tensor by itself")


class Num(NamedTuple):
    """A residue; as (per update, offset) the number that it is, where that is known; its degrees; a bit for each variable."""

    v: int
    known: tuple[Fraction, Fraction] | None
    up: int
    down: int
    uses: int


def is_prime(n: int) -> bool:
    return n > 40 and all(pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37))


def safe_prime() -> int:
    """A random prime p = 2q + 1 of 61 bits with q prime, modulo which primes to 13 are squares (by reciprocity)."""
    while True:
        p = (secrets.randbits(60) + (1 << 60)) // 24 * 24 + 23
        squares = ((pow(p, s // 2, s) == 1) == (s % 4 == 1) for s in (5, 7, 11, 13))
        if all(squares) and is_prime(p // 2) and is_prime(p):
            return p


def constant(a: Num) -> Fraction | None:
    return a.known[1] if a.known and not a.known[0] else None


class Arithmetic:
    """Numbers modulo a prime. Squares stand for positive numbers; a root is the one that is a square."""

    def __init__(self) -> None:
        self.p, self.unlucky, self.degree, self.root_bits, self.decisions = safe_prime(), False, 0, 0, 0
        self.most_tries, self.parsed, self.signs = 1, dict[str, Num](), dict[int, bool]()
        self.bits: dict[Any, int] = {}
        self.zero, self.one = self.number(0), self.number(1)
        self.new_point({})

    def new_point(self, drawn: dict[Any, int]) -> None:
        """Starts again, at a point of which some variables are drawn already."""
        self.drawn, self.taken, self.rooted = drawn, 0, 0
        self.powers: dict[int, Num] = {1: Num(1, None, 0, 0, 0)}
        self.ties: dict[int, int] = {}
        self.roots: dict[tuple[int, int], int] = {}
        self.decided: dict[tuple[bool, int], None] = {}
        t = self.draw("t")
        self.updates = Num(t.v, (Fraction(1), Fraction(0)), 1, 0, t.uses)

    def draw(self, name: Any, square: bool = False) -> Num:
        if name not in self.drawn:
            self.drawn[name] = 1 + secrets.randbelow(self.p - 1)
        v, uses = self.drawn[name], 1 << self.bits.setdefault(name, len(self.bits))
        return Num(v * v % self.p, None, 2, 0, uses) if square else Num(v, None, 1, 0, uses)

    def is_positive(self, v: int) -> bool:
        return pow(v, self.p // 2, self.p) == 1

    def exact(self, per: Fraction, offset: Fraction, v: int, uses: int = 0) -> Num:
        v %= self.p
        if not per and offset:
            if v not in self.signs:
                self.signs[v] = self.is_positive(v)
            self.unlucky |= self.signs[v] != (offset > 0)
        return Num(v, (per, offset), 1 if per else 0, 0, uses)

    def number(self, number: int | Fraction) -> Num:
        x = Fraction(number)
        return self.exact(Fraction(0), x, x.numerator * pow(x.denominator, -1, self.p))

    def negative(self, a: Num) -> Num:
        if a.known:
            return self.exact(-a.known[0], -a.known[1], -a.v, a.uses)
        return Num(-a.v % self.p, None, a.up, a.down, a.uses)

    def add(self, a: Num, b: Num) -> Num:
        if a.known and b.known:
            return self.exact(a.known[0] + b.known[0], a.known[1] + b.known[1], a.v + b.v, a.uses | b.uses)
        return Num((a.v + b.v) % self.p, None, max(a.up + b.down, b.up + a.down), a.down + b.down, a.uses | b.uses)

    def multiply(self, a: Num, b: Num) -> Num:
        for x, y in ((a, constant(b)), (b, constant(a))):
            if x.known and y is not None:
                return self.exact(x.known[0] * y, x.known[1] * y, a.v * b.v, a.uses | b.uses)
        zero = (Fraction(0), Fraction(0)) if 0 in (constant(a), constant(b)) else None
        return Num(a.v * b.v % self.p, zero, a.up + b.up, a.down + b.down, a.uses | b.uses)

    def divide(self, a: Num, b: Num) -> Num:
        if b.v == 0:
            raise ZeroDivisionError
        c = constant(b)
        return self.multiply(a, self.number(1 / c) if c else Num(pow(b.v, -1, self.p), None, b.down, b.up, b.uses))

    def of_any_size(self, total: Num) -> Num:
        """A sum of constants counts a tensor's entries, and the proof is to be of tensors of every size."""
        if constant(total):
            raise Refused("how many entries a tensor has is not known")
        return total

    def subtract(self, a: Num, b: Num) -> Num:
        return self.add(a, self.negative(b))

    def order(self, a: Num, b: Num, jumps: bool = False) -> int:
        """-1, 0 or 1. Where an update jumps, two numbers are taken for equal half of the time: no random point is there."""
        if a.known and b.known and a.known[0] == b.known[0]:
            return (a.known[1] > b.known[1]) - (a.known[1] < b.known[1])
        key = min((a.v - b.v) % self.p, (b.v - a.v) % self.p)
        if jumps:
            self.decided[True, key] = None
            key = 0 if self.ties.setdefault(key, secrets.randbits(1)) else key
        if key:
            self.decided[False, key] = None
        self.decisions = max(self.decisions, len(self.decided))
        return (1 if self.is_positive((a.v - b.v) % self.p) else -1) if key else 0

    def raised(self, a: Num, exponent: Fraction) -> Num:
        """A power; one that is a root is only of a positive number, and half of a point's numbers are none."""
        if not exponent:
            return self.one
        order = self.p - 1
        if exponent.denominator > 1 and a.v:
            order //= 2
            if not self.is_positive(a.v):
                raise NoRoot(a.uses)
            self.taken, self.rooted = self.taken + (a.uses > 0), self.rooted | a.uses
            if constant(a) is None:
                self.roots[a.v, exponent.denominator] = (exponent.denominator - 1).bit_length()
                self.root_bits = max(self.root_bits, sum(self.roots.values()))
        v = 0
        if a.v:
            v = pow(a.v, exponent.numerator * pow(exponent.denominator, -1, order) % order, self.p)
        up, down = (math.ceil(abs(exponent) * degree) for degree in (a.up, a.down))
        return Num(v, None, *((up, down) if exponent >= 0 else (down, up)), a.uses)

    def power_of_updates(self, base: int) -> Num:
        self.unlucky |= not self.is_positive(base)
        need(self.is_positive(base), "a power of the number of updates is of a number that is not positive")
        if base not in self.powers:
            self.powers[base] = self.draw(("power", base), square=True)
        return self.powers[base]

    def power(self, a: Num, e: Num) -> Num:
        per, offset = e.known or (Fraction(0), Fraction(0))
        need(e.known and (not per or a.v), "a power whose exponent is no constant")
        if per:
            return self.multiply(self.raised(self.power_of_updates(a.v), per), self.raised(a, offset))
        if a.v == 0 and offset < 0:
            raise ZeroDivisionError
        if offset.denominator == 1 and 0 <= offset < 16:
            result = self.one
            for _ in range(int(offset)):
                result = self.multiply(result, a)
            return result
        return self.raised(a, offset)

    def call(self, name: str, a: Num, *others: Num) -> Num:
        zero = self.zero
        if name in ("sqrt", "pow"):
            return self.power(a, *others) if others else self.raised(a, Fraction(1, 2))
        if name in ("min", "max"):
            return a if self.order(a, others[0]) * (1 if name == "max" else -1) >= 0 else others[0]
        if name == "clip":
            return self.call("min", self.call("max", a, others[0]), others[1])
        if name == "sign":
            return (zero, self.one, self.negative(self.one))[self.order(a, zero, jumps=True)]
        need(name != "floor" or (constant(a) or Fraction(a.v and 1, 2)).denominator == 1, "floor() is not proven")
        return self.negative(a) if name == "abs" and self.order(a, zero) < 0 else a


class Cell:
    """An entry of a tensor, and the names that it has alone and with others."""

    def __init__(self, row: int, column: int, tensor: dict[Any, Num], run: dict[Any, Num]) -> None:
        self.own: dict[Any, Num] = {}
        self.owners = {"element": self.own, "tensor": tensor, "run": run}
        self.keys, self.is_first = {"rows": row, "columns": column, "tensor": 0}, row == column == 0


class Program:
    """Equations with numbers."""

    def __init__(self, m: Arithmetic, equations: Equations, values: dict[str, Num]) -> None:
        self.m, self.equations, self.values = m, equations, values
        self.constants, self.fixed = dict[int, Num](), set[int]()
        for e in (n for statement in [*equations.step, *equations.body] for n in ast.walk(statement)):
            if isinstance(e, ast.expr) and not e.inner:  # type: ignore[attr-defined]
                if {n.id for n in ast.walk(e) if isinstance(n, ast.Name)} <= {*values, *ARITY}:
                    self.fixed.add(id(e))

    def place(self, name: str, cell: Cell) -> tuple[dict[Any, Num], Any]:
        if name in BUILTIN:
            return cell.own, name
        return cell.owners[self.equations.extents.get(name, "element")], (id(self), name)

    def value(self, e: Any, cell: Cell) -> Num:
        """Its value; that of numbers and hyper-parameters alone is kept for the next point."""
        if id(e) in self.constants:
            return self.constants[id(e)]
        value = self.calculated(e, cell)
        if value.known and id(e) in self.fixed:
            self.constants[id(e)] = value
        return value

    def calculated(self, e: Any, cell: Cell) -> Num:
        m, kind = self.m, type(e)
        if kind is ast.Name:
            if e.id in self.values:
                return self.values[e.id]
            names, key = self.place(e.id, cell)
            need(key in names, f"equations: {e.id} has no value")
            return names[key]
        if kind is ast.BinOp and type(e.op) in OPERATORS:
            operation: Callable[..., Num] = getattr(m, OPERATORS[type(e.op)])
            return operation(self.value(e.left, cell), self.value(e.right, cell))
        if kind is ast.Constant:
            return m.number(e.value)
        if kind is ast.UnaryOp and isinstance(e.op, ast.USub):
            return m.negative(self.value(e.operand, cell))
        if kind is ast.Compare and len(e.ops) == 1 and type(e.ops[0]) in ORDERS:
            order = m.order(self.value(e.left, cell), self.value(e.comparators[0], cell), type(e.ops[0]) is not ast.Eq)
            return m.one if order in ORDERS[type(e.ops[0])] else m.zero
        need(kind is ast.Call and isinstance(e.func, ast.Name) and not e.keywords, "equations: not in the language")
        if e.inner and e.inner[-1] is e:
            return cell.own[id(e)]
        need(ARITY.get(e.func.id) == len(e.args), f"{e.func.id}() is not proven")
        if e.func.id == "where":
            return self.value(e.args[1 if self.value(e.args[0], cell).v else 2], cell)
        return m.call(e.func.id, *(self.value(a, cell) for a in e.args))

    def reduce(self, e: Any, cells: list[Cell]) -> None:
        """Makes one number of many, the inner ones first."""
        for part in e.inner:
            over, word = reduces(part), part.func.id
            for key in {c.keys[over] for c in cells}:
                members = [c for c in cells if c.keys[over] == key]
                parts = [self.value(part.args[0], c) for c in members]
                parts = [self.m.multiply(a, a) for a in parts] if word == "norm" else parts
                total = parts[0]
                for a in parts[1:]:
                    total = self.m.call("max", total, a) if word == "max" else self.m.add(total, a)
                total = self.m.call("sqrt", total) if word == "norm" else total
                total = self.m.of_any_size(total) if word == "sum" else total
                for c in members:
                    c.own[id(part)] = self.m.divide(total, self.m.number(len(parts))) if word == "mean" else total

    def assign(self, name: str, e: Any, cells: list[Cell]) -> None:
        self.reduce(e, cells)
        for cell in cells:
            if cell.is_first or self.equations.extents.get(name, "element") == "element":
                names, key = self.place(name, cell)
                names[key] = self.value(e, cell)

    def start(self, extents: str, cells: list[Cell]) -> None:
        for extent, name, initial in self.equations.states:
            if extent in extents:
                self.assign(name, initial, cells)

    def run(self, statements: list[Any], cells: list[Cell]) -> None:
        for s in statements if cells else ():
            if isinstance(s, ast.If):
                self.reduce(s.test, cells)
                true = [c for c in cells if self.value(s.test, c).v]
                self.run(s.body, true)
                self.run(s.orelse, [c for c in cells if c not in true])
                continue
            name = getattr(s.targets[0], "id", "") if isinstance(s, ast.Assign) and len(s.targets) == 1 else ""
            need(name in ("g", "w") or name not in ("", *BUILTIN, *self.values), "equations: not in the language")
            self.assign(name, s.value, cells)


class Side:
    """One of the two trainings: its tensors, and its states in the order of the certificate."""

    def __init__(self, m: Arithmetic, certificate: Any, which: str, texts: dict[str, Equations]) -> None:
        rows, columns = certificate["shape"]
        self.m, self.tensors, self.states = m, list[Any](), dict[Any, Any]()
        self.programs: dict[Any, Program] = {}
        self.whole = Cell(0, 0, {}, {})
        self.whole.own = self.whole.owners["element"] = self.whole.owners["run"]
        for i, side in enumerate(tensor[which] for tensor in certificate["tensors"]):
            own: dict[Any, Num] = {}
            cells = [Cell(r, c, own, self.whole.own) for r in range(rows) for c in range(columns)]
            stages = [self.program(stage, texts) for stage in side["stages"]]
            split = next((j for j, stage in enumerate(side["stages"]) if stage["accumulates"]), 0)
            self.tensors.append(
                (cells, side["frozen"], parse(m, side["rate_multiplier"]), stages[:split], stages[split:])
            )
            for p in () if side["frozen"] else stages:
                for extent, name, _ in p.equations.states:
                    places = [p.place(name, c) for c in (cells if extent == "element" else cells[:1])]
                    key = (id(places[0][0]), places[0][1])
                    self.states.setdefault(key, (-1 if extent == "run" else i, name, extent, places))

    def program(self, stage: Any, texts: dict[str, Equations]) -> Program:
        need(stage["equations"] in texts, "a stage has equations that are not in the certificate")
        key, equations = (stage["equations"], json.dumps(stage["values"], sort_keys=True)), texts[stage["equations"]]
        if key not in self.programs:
            values = {name: parse(self.m, stage["values"][name]) for name in equations.hypers}
            self.programs[key] = Program(self.m, equations, values)
        return self.programs[key]

    def update(self, first: bool, rates: list[Num], gradients: Any, constants: dict[str, Num]) -> None:
        m, one = self.m, self.m.one
        t, steps = m.zero if first else m.updates, m.number(len(gradients))
        micro = m.add(m.multiply(t, steps), m.number(len(gradients) - 1))
        names = {"t": t, "k": m.add(t, one), "micro": micro, "first": one if first else m.zero, **constants}
        for cells, factor in [([self.whole], one)] + [(tensor[0], tensor[2]) for tensor in self.tensors]:
            names.update(zip(("eta", "eta_prev", "eta_0", "eta_max"), (m.multiply(rate, factor) for rate in rates)))
            for cell in cells:
                cell.own.update(names, w_old=cell.own.get("w", one))
        for p in self.programs.values():
            p.start("run" if first else "", [self.whole])
            p.run(p.equations.step, [self.whole])
        for i, (cells, frozen, _, before, after) in enumerate(self.tensors):
            totals = [m.zero] * len(cells)
            for gradient in () if frozen else gradients:
                for c, g in zip(cells, gradient[i]):
                    c.own["g"] = g
                for p in before:
                    p.run(p.equations.body, cells)
                totals = [m.add(total, c.own["g"]) for total, c in zip(totals, cells)]
            for c, total in zip(cells, totals):
                c.own["g"] = total
            for p in () if frozen else after:
                p.start("element tensor" if first else "", cells)
                p.run(p.equations.body, cells)


def parse(m: Arithmetic, text: str) -> Num:
    if text not in m.parsed:
        e = parsed(text)[0].value
        need(not any(isinstance(n, ast.Name) and n.id not in ARITY for n in ast.walk(e)), f"{text} is no number")
        m.parsed[text] = Program(m, Equations(""), {}).value(e, Cell(0, 0, {}, {}))
    return m.parsed[text]


class Check:
    """The induction modulo one prime."""

    def __init__(self, certificate: Any, texts: dict[str, Equations]) -> None:
        self.m, self.certificate, self.points = Arithmetic(), certificate, 0
        self.sides = [Side(self.m, certificate, which, texts) for which in ("first", "second")]
        # A square, so that it is positive modulo any prime.
        self.constants = {name: self.m.number((1 + secrets.randbelow(999)) ** 2) for name in ("batch", "outputs")}
        self.relations: list[tuple[Any, Any]] = []
        for which, side in zip(("first", "second"), self.sides):
            written = certificate["relation"][which]
            need(len(written) == len(side.states), "relation: one entry for each state is expected")
            for one, state in zip(written, side.states.values()):
                need((one["tensor"], one["state"]) == state[:2], "relation: an entry is of another state")
                need(one["is"] in ("free", "power", "multiple"), "relation: free, power or multiple")
                if one["is"] == "multiple":
                    ours = list(self.sides[0].states.values())
                    need(which == "second" and 0 <= one["of"] < len(ours), "relation: a multiple of no state")
                    of = ours[one["of"]]
                    need((of[0], of[2]) == (state[0], state[2]), "relation: a multiple of another kind of state")
                self.relations.append((one, state))

    def related(self, i: int, rate: Num, after: bool, zero: bool) -> list[Num]:
        """What the state of a relation is, as the first side's states are now."""
        one, (_, _, _, places) = self.relations[i]
        m = self.m
        if one["is"] == "power":
            base = parse(m, one["base"])
            power = m.multiply(self.m.power_of_updates(base.v), base) if after else self.m.power_of_updates(base.v)
            return [m.multiply(parse(m, one["start"]), power)] * len(places)
        if one["is"] == "free":
            return [m.zero if zero else m.draw(("state", i, j)) for j in range(len(places))]
        first, exponent = self.sides[0], one["rate_exponent"]
        need(rate.v or exponent >= 0, "relation: a division by a learning rate of zero")
        rate = m.multiply(rate, first.tensors[one["tensor"]][2]) if one["tensor"] >= 0 else rate
        factor = m.multiply(parse(m, one["factor"]), m.raised(rate, Fraction(exponent)))
        return [m.multiply(factor, names[key]) for names, key in list(first.states.values())[one["of"]][3]]

    def point(self, first: bool, zeros: tuple[int, int, int, int]) -> bool:
        """One update of both sides from related states; whether it has a value."""
        m, certificate, tensors = self.m, self.certificate, self.sides[0].tensors
        moves = certificate["rate"]["kind"] == "any"
        rate = parse(m, certificate["rate"]["value"]) if certificate["rate"]["kind"] == "fixed" else m.draw("rate", True)
        rate = m.zero if zeros[3] and moves else rate
        rates = [rate] + [m.draw(("rate", i), True) if moves and not (first and i < 2) else rate for i in range(3)]
        draw: Callable[..., Num] = lambda zero, *name: m.zero if zero else m.draw(name)
        weights = [
            [draw(zeros[0], "w", i, j) for j in range(len(cells))] for i, (cells, *_) in enumerate(tensors)
        ]
        gradients = [
            [
                [draw(zeros[2] == 2 or (zeros[2] == 1 and c.is_first), step, i, j) for j, c in enumerate(cells)]
                for i, (cells, *_) in enumerate(tensors)
            ]
            for step in range(certificate["micro_steps"])
        ]
        for side in self.sides:
            for cell, w in zip(
                (c for cells, *_ in side.tensors for c in cells), (w for values in weights for w in values)
            ):
                cell.own["w"] = w
        for i, (one, (_, _, _, places)) in () if first else enumerate(self.relations):
            for (names, key), v in zip(places, self.related(i, rates[1], False, bool(zeros[1]))):
                names[key] = v
        defined = []
        for side in self.sides:
            try:
                side.update(first, rates, gradients, self.constants)
                defined.append(True)
            except ZeroDivisionError:
                defined.append(False)
        need(defined[0] == defined[1], "only one side has a value")
        if not defined[0]:
            return False
        left, right = ([c.own["w"] for cells, *_ in side.tensors for c in cells] for side in self.sides)
        self.equal(left, right, "weights")
        m.powers = {base: Num(1, None, 0, 0, 0) for base in m.powers} if first else m.powers
        for i, (one, (_, name, _, places)) in enumerate(self.relations):
            if one["is"] != "free":
                if first and one["is"] == "power":
                    m.powers[parse(m, one["base"]).v] = Num(1, None, 0, 0, 0)
                self.equal([names[k] for names, k in places], self.related(i, rates[0], True, False), name)
        return True

    def equal(self, left: list[Num], right: list[Num], what: str) -> None:
        for a, b in zip(left, right):
            self.m.degree = max(self.m.degree, a.up + b.down, b.up + a.down)
            need(a.v == b.v, f"{what} are not what they should be")

    def case(self, first: bool, zeros: tuple[int, int, int, int], points: int, name: str) -> None:
        try:
            for _ in range(points):
                need(self.rooted_point(first, zeros) or any(zeros), "no side has a value")
        except Refused as why:
            raise Refused(f"{name}: {why}") from None

    def rooted_point(self, first: bool, zeros: tuple[int, int, int, int]) -> bool:
        """A point that has all roots: where one does not exist, one variable that it uses is drawn again.

        It is kept if as many roots exist before the first that does not. Preferred are variables of no root before; if
        there is none, half of the time all are drawn again.
        """
        m, kept, drawn, most, uses = self.m, dict[Any, int](), dict[Any, int](), -1, 0
        before = 0
        for tries in range(1, MOST_DRAWS):
            m.new_point(drawn)
            try:
                has_value = self.point(first, zeros)
                m.most_tries = max(m.most_tries, tries)
                return has_value
            except NoRoot as root:
                if not root.uses:
                    raise
                if m.taken >= most:
                    kept, most, before = m.drawn, m.taken, m.rooted
                    uses = root.uses & ~before or root.uses
            again = secrets.choice([name for name in kept if uses >> m.bits[name] & 1])
            drawn = {name: v for name, v in kept.items() if name != again}
            if not secrets.randbelow(16 if uses & ~before else 2):
                drawn, most = {}, -1
        raise Refused("too few points have all roots")

    def run(self) -> float:
        """Checks all cases; the chance of an error, as minus its logarithm to base 2."""
        wanted = FEWEST
        while self.points < wanted:
            for first, name in ((True, "first update"), (False, "any later update")):
                self.case(first, (0, 0, 0, 0), wanted - self.points, name)
            self.points = wanted
            bits = error_bits([self.m.p], wanted, self.m.decisions, self.m.degree, self.m.root_bits, self.m.most_tries)
            wanted = max(wanted, math.ceil(OWN_BITS / 2 * wanted / bits) if bits > 0 else MOST_POINTS + 1)
            need(wanted <= MOST_POINTS, "too many points would be needed")
        for zeros in ZEROS:
            for first in (True, False)[zeros[1] :]:
                self.case(first, zeros, FEWEST, case_name(first, zeros))
        return bits


def error_bits(
    primes: list[int], points: int, decisions: int, degree: int, root_bits: int, tries: int = 0
) -> float:
    """docs/certificates.md; of points that come of some tries, or else are drawn until one has all roots."""
    q, bits, conjugates = 2.0**-decisions, 0.0, 2.0 ** min(root_bits, 500)
    for p in primes:
        bits -= points * math.log2(1 - q + q * min(1.0, degree * conjugates * (tries or conjugates) / p))
    return bits


def case_name(first: bool, zeros: tuple[int, int, int, int]) -> str:
    gradients = ["", "first entries of the gradients", "gradients"][zeros[2]]
    words = ["rate"] * zeros[3] + ["weights"] * zeros[0] + ["states"] * zeros[1] + [gradients] * (zeros[2] > 0)
    return ("first update, " if first else "any later update, ") + ", ".join(words) + " zero"


def check(certificate: Any) -> str:
    """What is proven; raises Refused."""
    kind, evidence = certificate["rate"]["kind"], certificate["evidence"]
    value = certificate["rate"].get("value", "")
    words = {
        "any": "",
        "constant": "the learning rate is constant",
        "fixed": f"the learning rate is {value} and constant",
    }
    need(certificate["samestep"] == "certificate/1", "samestep: certificate/1 is expected")
    need(certificate["condition"] == words.get(kind), "condition: it does not follow from the rate")
    need(
        certificate["verdict"] == ("exact while" if words[kind] else "exact"),
        "verdict: it does not follow from the rate",
    )
    texts = {}
    for one in certificate["equations"]:
        need(hashlib.sha256(one["text"].encode()).hexdigest() == one["sha256"], "a text does not have its SHA-256")
        texts[one["sha256"]] = Equations(one["text"])
    need(1 <= len(certificate["tensors"]) <= 64 and 1 <= certificate["micro_steps"] <= 1000, "too many tensors")
    for tensor in certificate["tensors"]:
        need(tensor["first"]["frozen"] is tensor["second"]["frozen"], "a tensor is frozen on one side only")
        need(isinstance(tensor["first"]["frozen"], bool), "frozen: true or false")
    reduced = set().union(*(e.reduced for e in texts.values()))
    shape = [2, 2] if reduced & {"rows", "columns"} else [1, 2] if reduced else [1, 1]
    need(certificate["shape"] == shape, f"shape: {shape} is expected")
    cases = [case_name(f, z) for z in ZEROS for f in (True, False)[z[1] :]]
    need(certificate["cases"] == ["first update", "any later update", *cases], "cases: one is missing, or is none")
    for one in certificate["relation"]["second"]:
        need(abs(one.get("rate_exponent", 0)) <= 2, "relation: the rate is a factor too often")
    primes = evidence["primes"]
    known = all(p < 1 << 31 and p % 4 == 3 and is_prime(p) and is_prime(p // 2) for p in primes)
    need(known and len(set(primes)) == len(primes), "primes: different ones p = 2q + 1 with q prime are expected")
    stated = [evidence[name] for name in ("decisions", "degree", "root_bits")]
    bits = error_bits(primes, evidence["points"], *stated)
    need(
        -1e-3 <= bits - evidence["error_bits"] < 1 and bits >= LEAST_BITS, "error_bits: they do not follow, or are few"
    )
    own: list[float] = []
    for _ in range(MOST_PRIMES):
        attempt = Check(certificate, texts)
        try:
            own.append(attempt.run())
        except (Refused, NoRoot) as why:
            if attempt.m.unlucky:  # A positive constant is no square modulo this prime.
                continue
            raise Refused(str(why) or "a constant has no root") from None
        for name, ours, theirs in zip(
            ("decisions", "degree", "root_bits"), (attempt.m.decisions, attempt.m.degree, attempt.m.root_bits), stated
        ):
            need(ours <= theirs, f"{name}: it is {ours}")
        if len(own) == 2:
            return (
                f"{certificate['verdict']} {words[kind]}".strip()
                + f"; the chance of an error is below 2^-{sum(own):.0f}"
            )
    raise Refused("no prime was found modulo which all positive numbers are squares")


def main(files: list[str]) -> int:
    code = 0 if files else 2
    for file in files:
        try:
            with open(file, encoding="utf-8") as text:
                print(f"{file}: proven: {check(json.load(text))}")
        except Refused as why:
            print(f"{file}: refused: {str(why)!a}")
            code = 1
        except OSError as unread:
            print(f"{file}: cannot be read: {unread.strerror}")
            code = 2
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError, ArithmeticError) as broken:
            print(f"{file}: refused: it is not a certificate ({type(broken).__name__})")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
