"""Checks a certificate that two trainings take the same steps (docs/certificates.md), with the standard library alone.

It shares no code with the program that wrote it: it reads the equations, draws primes and points of its own, and takes
one update of both sides at each. ``python certificate.py FILE...``: exit code 0 proven, 1 refused with the reason, 2
not read.
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
from functools import lru_cache
from typing import Any, NamedTuple

ARITY = {"sqrt": 1, "abs": 1, "sign": 1, "floor": 1, "f32": 1, "pow": 2, "min": 2, "max": 2, "clip": 3, "where": 3}
RATES = ("eta", "eta_prev", "eta_0", "eta_max")
BUILTIN = {"g", "w", "w_old", "t", "k", "micro", "first", "batch", "outputs", *RATES}
OPERATORS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
ORDERS = {ast.Lt: (-1,), ast.LtE: (-1, 0), ast.Gt: (1,), ast.GtE: (1, 0), ast.Eq: (0,)}
# What is zero at points of their own, which random points never hit.
ZEROS = ["", "gradients", "first entries of the gradients", "weights", "weights, gradients", "states"]
ZEROS += ["states, gradients", "weights, states", "weights, states, gradients", "rate"]
CASES = [(first, zeros) for zeros in ZEROS for first in (True, False) if not (first and "states" in zeros)]
LEAST_BITS, OWN_BITS, FEWEST, MOST_POINTS, MOST_DRAWS, MOST_PRIMES = 64, 40, 12, 20_000, 5_000, 100
NONE: frozenset[Any] = frozenset()


class Refused(Exception):
    """Why nothing is proven."""


class NoRoot(Exception):
    """A root does not exist at this point; it uses these variables."""

    def __init__(self, uses: frozenset[Any]) -> None:
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
    for node in (n for s in body for n in ast.walk(s) if isinstance(n, ast.Constant)):
        word = lines[node.lineno - 1][node.col_offset : node.end_col_offset]
        need(re.fullmatch(r"(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", word), f"equations: {word} is no number")
        node.value = Fraction(word)  # type: ignore[assignment]
    return list(body)


def names_in(nodes: list[Any]) -> set[str]:
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def reduces(e: Any) -> str:
    """Over what one number is made of many, such as norm(g, tensor); empty where none is."""
    last = e.args[1] if isinstance(e, ast.Call) and len(e.args) == 2 else None
    of_many = isinstance(last, ast.Name) and last.id in ("rows", "columns", "tensor", "layer", "group", "all")
    return last.id if of_many and getattr(e.func, "id", "") in ("norm", "sum", "mean", "max") else ""  # type: ignore


class Equations:
    """An equation file: its hyper-parameters, states with what they start at, and statements."""

    def __init__(self, text: str) -> None:
        self.hypers, self.states, lines = list[str](), list[tuple[str, str, Any]](), []
        need("__" not in text, "equations: not in the language")
        for line in (whole.split("#")[0].rstrip() for whole in text.splitlines()):
            word, _, rest = line.strip().partition(" ")
            if word in ("hyper", "flag"):
                self.hypers.append(rest.split()[0])
            elif word == "state":
                names, _, start = rest.partition("=")
                extent, name = ["element", *names.split()][-2:]
                need(extent in ("element", "tensor", "run"), f"equations: this checker keeps no state per {extent}")
                self.states.append((extent, name, parsed(start.strip())[0].value))
            elif word not in ("optimizer", "source", "family", "trait"):
                line = re.sub(r"^(\s*)otherwise:$", r"\1else:", re.sub(r"^(\s*)when ", r"\1if ", line))
                lines.append(re.sub(r"^step:$", "if __step:", line))
        self.body = parsed("\n".join(lines))
        steps = [s for s in self.body if isinstance(s, ast.If) and names_in([s.test]) == {"__step"}]
        self.step: list[Any] = [inner for s in steps for inner in s.body]
        self.body = [s for s in self.body if s not in steps]
        self.extents = {name: extent for extent, name, _ in self.states}
        self.extents.update((name, "run") for name in self.assigned(self.step) - {*self.extents})
        declared = [*self.hypers, *(name for _, name, _ in self.states), *BUILTIN]
        need(len(set(declared)) == len(declared), "equations: a name is declared twice")
        self.reduced = {reduces(n) for s in self.body for n in ast.walk(s)} - {""}
        # A number of the run that a tensor changes would depend on how many tensors there are, and on their order.
        of_run = {name for name, extent in self.extents.items() if extent == "run"}
        starts = names_in([start for extent, _, start in self.states if extent == "run"])
        allowed = {*of_run, *self.hypers, *ARITY, *BUILTIN, "__step"} - {"g", "w", "w_old"}
        alone = names_in(self.step) <= allowed and not self.assigned(self.body) & of_run and starts <= allowed - of_run
        need(alone and self.reduced <= {"rows", "columns", "tensor"}, "this checker takes each tensor by itself")

    @staticmethod
    def assigned(statements: list[Any]) -> set[str]:
        return names_in([n.targets[0] for s in statements for n in ast.walk(s) if isinstance(n, ast.Assign)])


class Num(NamedTuple):
    """A residue; as (per update, offset) the number that it is, where that is known; its degrees; its variables."""

    v: int
    known: tuple[Fraction, Fraction] | None
    up: int
    down: int
    uses: frozenset[Any]


def is_prime(n: int) -> bool:
    return n > 40 and all(pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37))


def safe_prime() -> int:
    """A random prime p = 2q + 1 of 61 bits with q prime, modulo which primes to 13 are squares (by reciprocity)."""
    while True:
        p = (secrets.randbits(60) + (1 << 60)) // 24 * 24 + 23
        squares = ((pow(p, s // 2, s) == 1) == (s % 4 == 1) for s in (5, 7, 11, 13))
        if all(squares) and is_prime(p // 2) and is_prime(p):
            return p


@lru_cache(1 << 16)
def is_positive(v: int, p: int) -> bool:
    """Squares stand for positive numbers."""
    return pow(v, p // 2, p) == 1


def constant(a: Num) -> Fraction | None:
    return a.known[1] if a.known and not a.known[0] else None


class Arithmetic:
    """Numbers modulo a prime, at one point after another; what it needed of roots and decisions. A root is a square."""

    def __init__(self) -> None:
        self.p, self.unlucky, self.degree, self.root_bits, self.decisions = safe_prime(), False, 0, 0, 0
        self.most_tries, self.numbers = 1, dict[Any, Num]()
        self.zero, self.one, self.minus_one = self.number(0), self.number(1), self.number(-1)
        self.new_point({})

    def new_point(self, drawn: dict[Any, int]) -> None:
        """Starts again, at a point of which some variables are drawn already."""
        self.drawn, self.taken, self.rooted = drawn, 0, NONE
        self.powers: dict[int, Num] = {1: Num(1, None, 0, 0, NONE)}
        self.ties: dict[int, int] = {}
        self.roots: dict[tuple[int, int], int] = {}
        self.decided: set[tuple[bool, int]] = set()
        self.updates = self.draw("t")._replace(known=(Fraction(1), Fraction(0)))

    def draw(self, name: Any, square: bool = False) -> Num:
        if name not in self.drawn:
            self.drawn[name] = 1 + secrets.randbelow(self.p - 1)
        v, uses = self.drawn[name], frozenset([name])
        return Num(v * v % self.p, None, 2, 0, uses) if square else Num(v, None, 1, 0, uses)

    def exact(self, per: Fraction, offset: Fraction, v: int, uses: frozenset[Any] = NONE) -> Num:
        v %= self.p
        if not per and offset:
            self.unlucky |= is_positive(v, self.p) != (offset > 0)
        return Num(v, (per, offset), 1 if per else 0, 0, uses)

    def number(self, number: int | Fraction) -> Num:
        if number not in self.numbers:
            x = Fraction(number)
            self.numbers[number] = self.exact(Fraction(0), x, x.numerator * pow(x.denominator, -1, self.p))
        return self.numbers[number]

    def add(self, a: Num, b: Num) -> Num:
        if a.known and b.known:
            return self.exact(a.known[0] + b.known[0], a.known[1] + b.known[1], a.v + b.v, a.uses | b.uses)
        return Num((a.v + b.v) % self.p, None, max(a.up + b.down, b.up + a.down), a.down + b.down, a.uses | b.uses)

    def multiply(self, a: Num, b: Num) -> Num:
        for x, y in ((a, constant(b)), (b, constant(a))):
            if x.known and y is not None:
                return self.exact(x.known[0] * y, x.known[1] * y, a.v * b.v, a.uses | b.uses)
        zero = self.zero.known if 0 in (constant(a), constant(b)) else None
        return Num(a.v * b.v % self.p, zero, a.up + b.up, a.down + b.down, a.uses | b.uses)

    def divide(self, a: Num, b: Num) -> Num:
        if b.v == 0:
            raise ZeroDivisionError
        c = constant(b)
        return self.multiply(a, self.number(1 / c) if c else Num(pow(b.v, -1, self.p), None, b.down, b.up, b.uses))

    def negative(self, a: Num) -> Num:
        return self.multiply(self.minus_one, a)

    def subtract(self, a: Num, b: Num) -> Num:
        return self.add(a, self.negative(b))

    def order(self, a: Num, b: Num, jumps: bool = False) -> int:
        """-1, 0 or 1. Where an update jumps, numbers are taken for equal half of the time: no random point is there."""
        if a.known and b.known and a.known[0] == b.known[0]:
            return (a.known[1] > b.known[1]) - (a.known[1] < b.known[1])
        key = min((a.v - b.v) % self.p, (b.v - a.v) % self.p)
        if jumps:
            self.decided.add((True, key))
            key = 0 if self.ties.setdefault(key, secrets.randbits(1)) else key
        if key:
            self.decided.add((False, key))
        self.decisions = max(self.decisions, len(self.decided))
        return (1 if is_positive((a.v - b.v) % self.p, self.p) else -1) if key else 0

    def raised(self, a: Num, exponent: Fraction) -> Num:
        """A power; one that is a root is only of a positive number, and half of a point's numbers are none."""
        if not exponent:
            return self.one
        order = self.p - 1
        if exponent.denominator > 1 and a.v:
            order //= 2
            if not is_positive(a.v, self.p):
                raise NoRoot(a.uses)
            self.taken, self.rooted = self.taken + bool(a.uses), self.rooted | a.uses
            if constant(a) is None:
                self.roots[a.v, exponent.denominator] = (exponent.denominator - 1).bit_length()
                self.root_bits = max(self.root_bits, sum(self.roots.values()))
        v = a.v and pow(a.v, exponent.numerator * pow(exponent.denominator, -1, order) % order, self.p)
        up, down = (math.ceil(abs(exponent) * degree) for degree in (a.up, a.down))
        return Num(v, None, *((up, down) if exponent > 0 else (down, up)), a.uses)

    def power_of_updates(self, base: int) -> Num:
        """A base to the power of the number of updates: a variable for each base."""
        self.unlucky |= not is_positive(base, self.p)
        need(is_positive(base, self.p), "a power of the number of updates is of a number that is not positive")
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
        """A function of one entry; floor() and f32() leave what is whole, or stands for what is not rounded."""
        if name in ("sqrt", "pow"):
            return self.power(a, *others) if others else self.raised(a, Fraction(1, 2))
        if name in ("min", "max"):
            return a if self.order(a, others[0]) * (1 if name == "max" else -1) >= 0 else others[0]
        if name == "clip":
            return self.call("min", self.call("max", a, others[0]), others[1])
        if name == "sign":
            return (self.zero, self.one, self.minus_one)[self.order(a, self.zero, jumps=True)]
        need(name != "floor" or (constant(a) or Fraction(a.v and 1, 2)).denominator == 1, "floor() is not proven")
        return self.negative(a) if name == "abs" and self.order(a, self.zero) < 0 else a

    def reduced(self, word: str, parts: list[Num]) -> Num:
        """One number of many. A sum of constants counts entries, and the proof is to be of tensors of every size."""
        total = self.multiply(parts[0], parts[0]) if word == "norm" else parts[0]
        for a in parts[1:]:
            a = self.multiply(a, a) if word == "norm" else a
            total = self.call("max", total, a) if word == "max" else self.add(total, a)
        need(word != "sum" or not constant(total), "how many entries a tensor has is not known")
        if word == "mean":
            return self.divide(total, self.number(len(parts)))
        return self.call("sqrt", total) if word == "norm" else total


class Stage(NamedTuple):
    """Equations with numbers; its key is that of its states."""

    key: Any
    equations: Equations
    values: dict[str, Num]


class Tensor:
    """What the names of one tensor are, on one side: a number for each entry, or one for all. It runs statements."""

    def __init__(self, m: Arithmetic, shape: list[int]) -> None:
        self.m, self.size, self.columns = m, shape[0] * shape[1], shape[1]
        self.names: dict[Any, list[Num]] = {}
        self.made: dict[Any, Num] = {}

    def value(self, stage: Stage, e: Any, entry: int) -> Num:
        m, kind = self.m, type(e)
        if kind is ast.Name:
            if e.id in stage.values:
                return stage.values[e.id]
            values = self.names.get(e.id if e.id in BUILTIN else (stage.key, e.id), [])
            need(values, f"equations: {e.id} has no value")
            return values[entry % len(values)]
        if kind is ast.BinOp and type(e.op) in OPERATORS:
            left, right = self.value(stage, e.left, entry), self.value(stage, e.right, entry)
            return getattr(m, OPERATORS[type(e.op)])(left, right)  # type: ignore[no-any-return]
        if kind is ast.Constant:
            return m.number(e.value)
        if kind is ast.UnaryOp and isinstance(e.op, ast.USub):
            return m.negative(self.value(stage, e.operand, entry))
        if kind is ast.Compare and len(e.ops) == 1 and type(e.ops[0]) in ORDERS:
            left, right = self.value(stage, e.left, entry), self.value(stage, e.comparators[0], entry)
            order = m.order(left, right, type(e.ops[0]) is not ast.Eq)
            return m.one if order in ORDERS[type(e.ops[0])] else m.zero
        need(kind is ast.Call and isinstance(e.func, ast.Name) and not e.keywords, "equations: not in the language")
        if reduces(e):
            return self.reduction(stage, e, entry)
        need(ARITY.get(e.func.id) == len(e.args), f"{e.func.id}() is not proven")
        if e.func.id == "where":
            return self.value(stage, e.args[1 if self.value(stage, e.args[0], entry).v else 2], entry)
        return m.call(e.func.id, *(self.value(stage, a, entry) for a in e.args))

    def reduction(self, stage: Stage, e: Any, entry: int) -> Num:
        """Over the row, the column or the tensor that an entry is in; the same for the others of it."""
        groups = [{"rows": i // self.columns, "columns": i % self.columns}.get(reduces(e), 0) for i in range(self.size)]
        key = id(e), groups[entry]
        if key not in self.made:
            parts = [self.value(stage, e.args[0], i) for i in range(self.size) if groups[i] == groups[entry]]
            self.made[key] = self.m.reduced(e.func.id, parts)
        return self.made[key]

    def assign(self, stage: Stage, name: str, e: Any) -> None:
        size = self.size if stage.equations.extents.get(name, "element") == "element" else 1
        self.made = {}
        key = name if name in BUILTIN else (stage.key, name)
        self.names[key] = [self.value(stage, e, i) for i in range(size)]

    def start(self, stage: Stage, *extents: str) -> None:
        for extent, name, initial in stage.equations.states:
            if extent in extents:
                self.assign(stage, name, initial)

    def run(self, stage: Stage, statements: list[Any]) -> None:
        for s in statements:
            if isinstance(s, ast.If):
                self.made = {}
                holds = {bool(self.value(stage, s.test, i).v) for i in range(self.size)}
                need(len(holds) == 1, "equations: entries of a tensor go different ways at a when")
                self.run(stage, s.body if holds.pop() else s.orelse)
                continue
            name = getattr(s.targets[0], "id", "") if isinstance(s, ast.Assign) and len(s.targets) == 1 else ""
            need(name in ("g", "w") or name not in ("", *BUILTIN, *stage.values), "equations: not in the language")
            self.assign(stage, name, s.value)


def parse(m: Arithmetic, text: str) -> Num:
    """A number of a certificate: a fraction, or an expression of numbers."""
    if text not in m.numbers:
        e = parsed(text)[0].value
        need(names_in([e]) <= {*ARITY}, f"{text} is no number")
        m.numbers[text] = Tensor(m, [1, 1]).value(Stage("", Equations(""), {}), e, 0)
    return m.numbers[text]


def key_of(stage: Any) -> Any:
    """Stages of the same equations and numbers share their states."""
    return stage["equations"], json.dumps(stage["values"], sort_keys=True)


class Side(Tensor):
    """A tensor on one of the two sides: its stages, and those of all tensors for what they do before."""

    def __init__(self, m: Arithmetic, certificate: Any, which: str, number: int, texts: dict[str, Equations]) -> None:
        super().__init__(m, certificate["shape"])
        written = [tensor[which]["stages"] for tensor in certificate["tensors"]]
        self.all = {key_of(one): self.stage(one, texts) for stages in written for one in stages}
        self.factor = parse(m, certificate["tensors"][number][which]["rate_multiplier"])
        own = [] if certificate["tensors"][number][which]["frozen"] else written[number]
        split = next((i for i, one in enumerate(own) if one["accumulates"]), 0)
        self.before, self.after = ([self.all[key_of(one)] for one in part] for part in (own[:split], own[split:]))

    def stage(self, written: Any, texts: dict[str, Equations]) -> Stage:
        need(written["equations"] in texts, "a stage has equations that are not in the certificate")
        equations = texts[written["equations"]]
        values = {name: parse(self.m, written["values"][name]) for name in equations.hypers}
        return Stage(key_of(written), equations, values)

    def update(self, first: bool, rates: list[Num], gradients: list[list[Num]]) -> None:
        m, names, steps = self.m, self.names, self.m.number(len(gradients))
        t = m.zero if first else m.updates
        micro = m.add(m.multiply(t, steps), m.number(len(gradients) - 1))
        names.update(t=[t], k=[m.add(t, m.one)], micro=[micro], first=[m.one if first else m.zero], w_old=names["w"])
        names.update((name, [rate]) for name, rate in zip(RATES, rates))
        for stage in self.all.values():
            if first:
                self.start(stage, "run")
            self.run(stage, stage.equations.step)
        names.update((name, [m.multiply(rate, self.factor)]) for name, rate in zip(RATES, rates))
        totals = [m.zero] * self.size
        for gradient in gradients:
            names["g"] = gradient
            for stage in self.before:
                self.run(stage, stage.equations.body)
            totals = [m.add(total, g) for total, g in zip(totals, names["g"])]
        names["g"] = totals
        for stage in self.after:
            if first:
                self.start(stage, "element", "tensor")
            self.run(stage, stage.equations.body)


class State(NamedTuple):
    """A state of one side: the number of its tensor (-1: the run's), its name, its extent, the key of its stage."""

    tensor: int
    name: str
    extent: str
    key: Any


def states_of(certificate: Any, which: str, texts: dict[str, Equations]) -> list[State]:
    """All of a side, in the order of the certificate."""
    states: dict[State, None] = {}
    for i, side in enumerate(tensor[which] for tensor in certificate["tensors"]):
        for stage in () if side["frozen"] else side["stages"]:
            need(stage["equations"] in texts, "a stage has equations that are not in the certificate")
            for extent, name, _ in texts[stage["equations"]].states:
                states[State(-1 if extent == "run" else i, name, extent, key_of(stage))] = None
    return list(states)


def relations_of(certificate: Any, texts: dict[str, Equations]) -> list[tuple[int, Any, State, State]]:
    """The relation of each state: its side, what is written of it, the state, and the one that it is a multiple of."""
    relations, ours = [], states_of(certificate, "first", texts)
    for side, which in enumerate(("first", "second")):
        states, written = states_of(certificate, which, texts), certificate["relation"][which]
        need(len(written) == len(states), "relation: one entry for each state is expected")
        for one, state in zip(written, states):
            need((one["tensor"], one["state"]) == state[:2], "relation: an entry is of another state")
            need(one["is"] in ("free", "power", "multiple"), "relation: free, power or multiple")
            of = state
            if one["is"] == "multiple":
                need(side and 0 <= one["of"] < len(ours), "relation: a multiple of no state")
                need(abs(one["rate_exponent"]) <= 2, "relation: the rate is a factor too often")
                of = ours[one["of"]]
                need((of.tensor, of.extent) == (state.tensor, state.extent), "relation: a multiple of another kind")
            relations.append((side, one, state, of))
    return relations


class Check:
    """The induction of one tensor modulo one prime."""

    def __init__(self, m: Arithmetic, certificate: Any, number: int, texts: dict[str, Equations]) -> None:
        self.m, self.certificate = m, certificate
        self.sides = [Side(m, certificate, which, number, texts) for which in ("first", "second")]
        # Squares, so that they are positive modulo any prime.
        self.constants = {name: [m.number((1 + secrets.randbelow(999)) ** 2)] for name in ("batch", "outputs")}
        self.relations = [one for one in relations_of(certificate, texts) if one[2].tensor in (-1, number)]

    def values(self, side: int, state: State) -> list[Num]:
        return self.sides[side].names[state.key, state.name]

    def related(self, relation: tuple[int, Any, State, State], rate: Num, first: bool, after: bool) -> list[Num]:
        """What a state that is a power or a multiple is before or after an update, as the first side's states are."""
        _, one, state, of = relation
        m = self.m
        if one["is"] == "power":
            base = parse(m, one["base"])
            power = m.one if first else m.power_of_updates(base.v)
            power = m.multiply(power, base) if after else power
            return [m.multiply(parse(m, one["start"]), power)] * self.entries(state)
        need(rate.v or one["rate_exponent"] >= 0, "relation: a division by a learning rate of zero")
        rate = m.multiply(rate, self.sides[0].factor) if state.tensor >= 0 else rate
        factor = m.multiply(parse(m, one["factor"]), m.raised(rate, Fraction(one["rate_exponent"])))
        return [m.multiply(factor, v) for v in self.values(0, of)]

    def entries(self, state: State) -> int:
        return self.sides[0].size if state.extent == "element" else 1

    def drawn(self, zero: bool, name: Any, size: int) -> list[Num]:
        return [self.m.zero if zero else self.m.draw((name, i)) for i in range(size)]

    def rates(self, first: bool, zero: bool) -> list[Num]:
        """Of this update, of the one before, of the first and the largest: free, but where the rate is constant."""
        m, written = self.m, self.certificate["rate"]
        if written["kind"] != "any":
            return [parse(m, written["value"]) if written["kind"] == "fixed" else m.draw("rate", square=True)] * 4
        rate = m.zero if zero else m.draw("rate", square=True)
        before, start, largest = (m.draw((name, "rate"), square=True) for name in RATES[1:])
        return [rate, rate, rate, largest] if first else [rate, before, start, largest]

    def point(self, first: bool, zeros: list[str]) -> bool:
        """One update of both sides from related states; whether it has a value."""
        m, size, rates = self.m, self.sides[0].size, self.rates(first, "rate" in zeros)
        weights, gradients = self.drawn("weights" in zeros, "w", size), []
        for step in range(self.certificate["micro_steps"]):
            gradients.append(self.drawn("gradients" in zeros, ("g", step), size))
            if "first entries of the gradients" in zeros:
                gradients[step][0] = m.zero
        for side in self.sides:
            side.names = {"w": weights, **self.constants}
        for number, relation in () if first else enumerate(self.relations):
            side_number, one, state, _ = relation
            if one["is"] == "free":
                values = self.drawn("states" in zeros, ("state", number), self.entries(state))
            else:
                values = self.related(relation, rates[1], first, after=False)
            self.sides[side_number].names[state.key, state.name] = values
        defined = [self.has_value(side, first, rates, gradients) for side in self.sides]
        need(defined[0] == defined[1], "only one side has a value")
        if defined[0]:
            self.equal(self.sides[0].names["w"], self.sides[1].names["w"], "weights")
            for relation in self.relations:
                if relation[1]["is"] != "free":
                    expected = self.related(relation, rates[0], first, after=True)
                    self.equal(self.values(relation[0], relation[2]), expected, relation[2].name)
        return defined[0]

    @staticmethod
    def has_value(side: Side, first: bool, rates: list[Num], gradients: list[list[Num]]) -> bool:
        try:
            side.update(first, rates, gradients)
        except ZeroDivisionError:
            return False
        return True

    def equal(self, left: list[Num], right: list[Num], what: str) -> None:
        for a, b in zip(left, right):
            self.m.degree = max(self.m.degree, a.up + b.down, b.up + a.down)
            need(a.v == b.v, f"{what} are not what they should be")

    def rooted_point(self, first: bool, zeros: list[str]) -> bool:
        """A point that has all roots: where one does not exist, one variable that it uses is drawn again.

        It is kept if as many roots exist before the first that does not. Preferred are variables of no root before; if
        there is none, half of the time all are drawn again.
        """
        m, kept, drawn, most, unused, uses = self.m, dict[Any, int](), dict[Any, int](), -1, NONE, NONE
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
                    kept, most, unused = m.drawn, m.taken, root.uses - m.rooted
                    uses = unused or root.uses
            again = secrets.choice(list(uses))
            drawn = {name: v for name, v in kept.items() if name != again}
            if not secrets.randbelow(16 if unused else 2):
                drawn, most = {}, -1
        raise Refused("too few points have all roots")

    def case(self, first: bool, zeros: str, points: int) -> None:
        try:
            for _ in range(points):
                need(self.rooted_point(first, zeros.split(", ")) or zeros, "no side has a value")
        except Refused as why:
            raise Refused(f"{name_of(first, zeros)}: {why}") from None

    def run(self) -> float:
        """Checks all cases; the chance of an error, as minus its logarithm to base 2."""
        m, bits, points, wanted = self.m, 0.0, 0, FEWEST
        while points < wanted:
            for first in (True, False):
                self.case(first, "", wanted - points)
            points = wanted
            bits = error_bits([m.p], points, m.decisions, m.degree, m.root_bits, m.most_tries)
            wanted = max(wanted, math.ceil(OWN_BITS / 2 * wanted / bits) if bits > 0 else MOST_POINTS + 1)
            need(wanted <= MOST_POINTS, "too many points would be needed")
        for first, zeros in CASES[2:]:
            self.case(first, zeros, FEWEST)
        return bits


def error_bits(primes: list[int], points: int, decisions: int, degree: int, root_bits: int, tries: int = 0) -> float:
    """docs/certificates.md; of points that come of some tries, or else are drawn until one has all roots."""
    q, bits, conjugates = 2.0**-decisions, 0.0, 2.0 ** min(root_bits, 500)
    for p in primes:
        bits -= points * math.log2(1 - q + q * min(1.0, degree * conjugates * (tries or conjugates) / p))
    return bits


def name_of(first: bool, zeros: str) -> str:
    """What a case is called."""
    return ("first update" if first else "any later update") + (f", {zeros} zero" if zeros else "")


def need_members(certificate: Any, texts: dict[str, Equations], condition: str) -> None:
    """What follows from other members has to be there."""
    evidence, tensors = certificate["evidence"], certificate["tensors"]
    need(certificate["samestep"] == "certificate/1", "samestep: certificate/1 is expected")
    need(certificate["condition"] == condition, "condition: it does not follow from the rate")
    verdict = "exact while" if condition else "exact"
    need(certificate["verdict"] == verdict, "verdict: it does not follow from the rate")
    need(1 <= len(tensors) <= 64 and 1 <= certificate["micro_steps"] <= 1000, "too many tensors")
    for tensor in tensors:
        need(tensor["first"]["frozen"] is tensor["second"]["frozen"], "a tensor is frozen on one side only")
        need(isinstance(tensor["first"]["frozen"], bool), "frozen: true or false")
    reduced = set().union(*(equations.reduced for equations in texts.values()))
    shape = [2, 2] if reduced & {"rows", "columns"} else [1, 2] if reduced else [1, 1]
    need(certificate["shape"] == shape, f"shape: {shape} is expected")
    need(certificate["cases"] == [name_of(*case) for case in CASES], "cases: one is missing, or is none")
    primes = evidence["primes"]
    known = all(p < 1 << 31 and p % 4 == 3 and is_prime(p) and is_prime(p // 2) for p in primes)
    need(known and len(set(primes)) == len(primes), "primes: different ones p = 2q + 1 with q prime are expected")
    bits = error_bits(primes, evidence["points"], evidence["decisions"], evidence["degree"], evidence["root_bits"])
    follows = -1e-3 <= bits - evidence["error_bits"] < 1
    need(follows and bits >= LEAST_BITS, "error_bits: they do not follow, or are few")


def bits_of(certificate: Any, texts: dict[str, Equations]) -> float | None:
    """The induction modulo one prime: the chance of an error; None where a positive constant is no square."""
    m = Arithmetic()
    try:
        bits = min(Check(m, certificate, i, texts).run() for i in range(len(certificate["tensors"])))
    except (Refused, NoRoot) as why:
        if m.unlucky:
            return None
        raise Refused(str(why) or "a constant has no root") from None
    for name in ("decisions", "degree", "root_bits"):
        need(getattr(m, name) <= certificate["evidence"][name], f"{name}: it is {getattr(m, name)}")
    return bits


def check(certificate: Any) -> str:
    """What is proven; raises Refused."""
    rate, texts = certificate["rate"], {}
    conditions = {"any": "", "constant": "the learning rate is constant"}
    conditions["fixed"] = f"the learning rate is {rate.get('value', '')} and constant"
    need(rate["kind"] in conditions, "rate: any, constant or fixed")
    for one in certificate["equations"]:
        need(hashlib.sha256(one["text"].encode()).hexdigest() == one["sha256"], "a text does not have its SHA-256")
        texts[one["sha256"]] = Equations(one["text"])
    need_members(certificate, texts, conditions[rate["kind"]])
    own: list[float] = []
    for _ in range(MOST_PRIMES):
        bits = bits_of(certificate, texts)
        own += [] if bits is None else [bits]
        if len(own) == 2:
            words = f"{certificate['verdict']} {certificate['condition']}".strip()
            return f"{words}; the chance of an error is below 2^-{sum(own):.0f}"
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
