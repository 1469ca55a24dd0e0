"""What all recorders here share: the problems, the weights' names and the form of a recording (docs/recordings.md)."""

import json
import pathlib

import numpy as np

UPDATES = 20
KEPT = (1, 2, 3, 7, 20)


class Problem:
    """One of the two problems of src/main/resources/samestep/trainer/problems.json, or of a file like it."""

    def __init__(self, file, name):
        given = json.loads(pathlib.Path(file).read_text())[name]
        self.name = name
        self.size = given["batch_size"]
        self.x = np.array(given["x"], np.float64)
        self.init = {k: np.array(v, np.float64) for k, v in given["init"].items()}
        self.y = np.array(given["target"], np.float64) if name == "linear" else np.array(given["labels"])

    def batch(self, update):
        first = self.size * (update % (len(self.x) // self.size))
        return self.x[first : first + self.size], self.y[first : first + self.size]

    def loss(self, weights, update):
        """The loss over the batch of this update, without penalties."""
        x, y = self.batch(update)
        z = x @ weights["W1"] + weights["b1"]
        if self.name == "linear":
            return float(((z - y) ** 2).sum() / (2 * self.size))
        z = np.tanh(z) @ weights["W2"] + weights["b2"]
        top = z.max(axis=1, keepdims=True)
        total = np.log(np.exp(z - top).sum(axis=1)) + top[:, 0]
        return float(np.mean(total - z[np.arange(self.size), y]))


def run(problem, weights, step):
    """Runs the updates: weights() are the weights by name, [in][out]; step(x, y, update) makes one update."""
    losses, snapshots = [], []
    for name, value in weights().items():
        assert np.array_equal(value, problem.init[name]), name
    for update in range(UPDATES):
        if update < 10:
            losses.append(problem.loss(weights(), update))
        step(*problem.batch(update), update)
        if update + 1 in KEPT:
            kept = {n: np.asarray(v).reshape(-1).tolist() for n, v in weights().items()}
            assert all(np.isfinite(v).all() for v in kept.values())
            snapshots.append({"step": update + 1, **kept})
    return {"losses": losses, "snapshots": snapshots}


def write(folder, name, head, native, result, notes="", **more):
    """One file for a case; head is framework, framework_version and dtype."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**head, "notes": notes, "native": native, **more, **result}, separators=(",", ":"), default=plain)
    (folder / (name + ".json")).write_text(text + "\n")


def plain(value):
    """Numbers of numpy, torch and TensorFlow as those of Python."""
    if hasattr(value, "numpy"):
        value = value.numpy()
    return value.item() if hasattr(value, "item") else repr(value)
