"""Steps a CPU second of a plain numpy loop on the digits: the training that DigitsBenchmark times in Java.

    time_digits_with_numpy.py [src/main/resources/samestep/trainer/digits.gz]

SGD with momentum and L2, batches of 32, a net of 64, 32 tanh and 10 units, double precision, one thread.
"""

import gzip
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy  # noqa: E402

TRAINED, BATCH, HIDDEN, OUTPUTS, STEPS = 1440, 32, 32, 10, 1000
RATE, MOMENTUM, DECAY = 0.05, 0.9, 0.05


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "src/main/resources/samestep/trainer/digits.gz"
    with gzip.open(path) as f:
        rows = numpy.frombuffer(f.read(), dtype=numpy.uint8).reshape(-1, 65)
    random = numpy.random.default_rng(0)
    rows = rows[random.permutation(len(rows))][:TRAINED]
    labels, x = rows[:, 0].astype(int), rows[:, 1:] / 16.0
    one_hot = numpy.eye(OUTPUTS)[labels]

    def run():
        limit = [(6 / (64 + HIDDEN)) ** 0.5, (6 / (HIDDEN + OUTPUTS)) ** 0.5]
        weights = [random.uniform(-limit[0], limit[0], (64, HIDDEN)), numpy.zeros(HIDDEN),
                   random.uniform(-limit[1], limit[1], (HIDDEN, OUTPUTS)), numpy.zeros(OUTPUTS)]
        velocities = [numpy.zeros_like(w) for w in weights]
        losses = []
        for step in range(STEPS):
            at = step % (TRAINED // BATCH) * BATCH
            xb, yb = x[at:at + BATCH], one_hot[at:at + BATCH]
            h = numpy.tanh(xb @ weights[0] + weights[1])
            z = h @ weights[2] + weights[3]
            z -= z.max(axis=1, keepdims=True)
            e = numpy.exp(z)
            p = e / e.sum(axis=1, keepdims=True)
            losses.append(-numpy.log((p * yb).sum(axis=1)).mean())
            error = (p - yb) / BATCH
            back = error @ weights[2].T * (1 - h * h)
            gradients = [xb.T @ back, back.sum(axis=0), h.T @ error, error.sum(axis=0)]
            for w, v, g in zip(weights, velocities, gradients):
                v *= MOMENTUM
                v += RATE * (g + DECAY * w)
                w -= v
        return losses

    best = 0
    for _ in range(15):
        started = time.process_time()
        losses = run()
        best = max(best, STEPS / (time.process_time() - started))
    print("%d steps a CPU second (numpy %s; last loss %.3f)" % (best, numpy.__version__, losses[-1]))


if __name__ == "__main__":
    main()
