"""Holds what Samestep reads in Keras programs against the real Keras. Optional: needs keras 3 and a backend.

Runs each fixtures/programs/keras/*/main.py that is written for Keras 3, with fit() doing nothing, measures what
model.losses adds to the gradient of each variable, and compares that, the optimizer's numbers and the learning rate
with expected.txt. Also holds the section [3] of signatures.txt against inspect.signature.

    python src/test/python/check_keras_programs.py
"""

import inspect
import os
import pathlib
import re
import runpy
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures/programs/keras"
TABLE = ROOT / "src/main/resources/samestep/dialect/keras/program/signatures.txt"

# Programs of Keras 3, and the shape of their inputs where the program does not say it.
SHAPES = {
    "sequential": None,
    "functional": None,
    "subclass": (1, 8),
    "schedule": (1, 4),
    "modules": None,
    "options": (1, 8),
    "copied": (1, 28, 28, 1),
    "halved": (1, 8),
    "late": None,
    "composed": None,
    "stars": None,
    "written": None,
    "excluded": None,
}


def expected(folder):
    """The rows of explain's table of parameters, first rate and decay, and its numbers."""
    lines = (folder / "expected.txt").read_text().split("$ translate check")[0].splitlines()
    at = next(i for i, line in enumerate(lines) if line == "Parameters")
    header = lines[at + 1]
    first, decay, said = (header.index(word) for word in ("first rate", "decay", "said at"))
    rows = {}
    for line in lines[at + 2:]:
        if not line.strip():
            break
        rows[line[:first].strip()] = line[first:decay].strip(), line[decay:said].strip()
    numbers = {}
    start = lines.index("Every number")
    for line in lines[start + 1:]:
        if not line.strip():
            break
        match = re.match(r"    (\w+)\s\s+(\S+)", line)
        if match:
            numbers.setdefault(match.group(1), []).append(float(match.group(2)))
    return rows, numbers


def coefficients(text):
    """The L1 and L2 parts in the gradient, and the decoupled decay."""
    l1 = re.search(r"g \+ (\S+) \* sign\(w\)", text)
    l2 = re.search(r"g \+ (\S+) \* w", text)
    decay = re.search(r"w - eta \* (\S+) \* w", text)
    return tuple(float(m.group(1)) if m else 0.0 for m in (l1, l2, decay))


def measured(model, variable):
    """The same of a variable, by the gradient of model.losses at two values."""

    def gradient(value):
        variable.assign(np.full(variable.shape, value, dtype="float32"))
        with tf.GradientTape() as tape:
            losses = model.losses
            total = tf.add_n(losses) if losses else tf.constant(0.0)
        found = tape.gradient(total, variable.value)
        return 0.0 if found is None else float(tf.reduce_mean(found))

    near, far = gradient(0.5), gradient(1.5)
    return near - 0.5 * (far - near), far - near


def decay_of(optimizer, variable):
    """The optimizer's own decay of a variable."""
    decays = getattr(optimizer, "weight_decay", None) and optimizer._use_weight_decay(variable)
    return optimizer.weight_decay if decays else 0.0


def multiplied(optimizer, variable):
    """What a first update of plain SGD multiplies the gradient by, over the optimizer's rate."""
    variable.assign(np.zeros(variable.shape, dtype="float32"))
    gradients = [np.full(v.shape, float(v is variable), dtype="float32") for v in optimizer._trainable_variables]
    rate = float(optimizer.learning_rate)
    optimizer.apply([tf.constant(g) for g in gradients])
    return -float(np.mean(variable.numpy())) / rate


def row_of(variable, rows):
    parts = variable.path.split("/")
    role = parts[-1].replace("_", " ")
    for part in parts:
        for name in (f"{part} {role}", f"{part} parameter"):
            if name in rows:
                return name
    return None


def check_program(name, shape):
    folder = FIXTURES / name
    rows, numbers = expected(folder)
    sys.argv = ["main.py"]
    sys.path.insert(0, str(folder))
    for module in ("config", "nets", "nets.small", "port"):
        sys.modules.pop(module, None)
    keras.utils.clear_session()
    scope = runpy.run_path(str(folder / "main.py"), run_name="__main__")
    sys.path.pop(0)
    model = TRAINED[-1] if TRAINED else scope.get("model") or scope["base"]
    if shape is not None:
        model(np.zeros(shape, dtype="float32"))
    wrong = []
    seen = set()
    for variable in model.trainable_variables:
        row = row_of(variable, rows)
        if row is None:
            wrong.append(f"{variable.path}: not read")
            continue
        seen.add(row)
        rate, penalties = rows[row]
        l1, l2, decay = coefficients(penalties)
        if not row.endswith(" parameter"):
            m1, m2 = measured(model, variable)
            if not (np.isclose(l1, m1, rtol=1e-4, atol=1e-7) and np.isclose(l2, m2, rtol=1e-4, atol=1e-7)):
                wrong.append(f"{variable.path}: read {l1} and {l2}, Keras adds {m1} and {m2}")
        real = decay_of(model.optimizer, variable)
        if not np.isclose(decay, real):
            wrong.append(f"{variable.path}: read the decay {decay}, Keras has {real}")
        if getattr(model.optimizer, "rates", None):
            model.optimizer.build(model.trainable_variables)
            times = re.search(r"\(x(\S+)\)", rate)
            expect, real = float(times.group(1)) if times else 1.0, multiplied(model.optimizer, variable)
            if not np.isclose(expect, real, rtol=1e-4):
                wrong.append(f"{variable.path}: read {expect} times the rate, Keras has {real}")
    frozen = {row_of(v, rows) for v in model.non_trainable_variables}
    # Layers of both branches are read where a condition is not known; the program is said to be uncertain then.
    if "which layers there are is not known" not in (folder / "expected.txt").read_text():
        wrong += [f"{row}: Keras has no such variable" for row in rows if row not in seen and row not in frozen]
    config = model.optimizer.get_config()
    for field, values in numbers.items():
        if isinstance(config.get(field), (int, float, bool)) and not np.isclose(float(config[field]), values[0]):
            wrong.append(f"{field}: read {values[0]}, Keras has {config[field]}")
    if not any(isinstance(config.get(f), (int, float)) for f in numbers):
        wrong.append("no number of the optimizer was compared")
    return len(model.trainable_variables), wrong


def check_signatures():
    """Positional parameters of every class in the section [3]."""
    wrong, count = [], 0
    places = (keras.layers, keras.optimizers, keras.optimizers.schedules, keras.regularizers, keras.constraints)
    for line in TABLE.read_text().split("[3]\n")[1].splitlines():
        names, parameters = line.split(" : ")
        for name in names.split():
            thing = next(getattr(p, name) for p in places if hasattr(p, name))
            real = [
                p.name
                for p in inspect.signature(thing.__init__ if inspect.isclass(thing) else thing).parameters.values()
                if p.name != "self" and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
            ]
            count += 1
            if real != parameters.split():
                wrong.append(f"{name}: the table has {parameters}, Keras {' '.join(real)}")
    return count, wrong


TRAINED = []


def main():
    keras.Model.fit = lambda self, *args, **kwargs: TRAINED.append(self)
    failed = False
    count, wrong = check_signatures()
    print(f"signatures: {count} classes, {len(wrong)} wrong")
    for name, shape in SHAPES.items():
        TRAINED.clear()
        variables, problems = check_program(name, shape)
        print(f"{name}: {variables} variables, {len(problems)} wrong")
        wrong += [f"{name}: {problem}" for problem in problems]
    for problem in wrong:
        failed = True
        print("  " + problem)
    print(f"keras {keras.__version__}, backend {keras.backend.backend()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
