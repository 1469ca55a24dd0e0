"""Holds the rates that are read from LearningRateScheduler against real Keras: python check_epoch_rates_with_keras.py

Each program below fixtures/programs/schedules/keras is run. The rate that the optimizer has at the first update of each epoch is
compared with the file beside it, which ScheduleProgramsTest holds to what is read. Keras keeps rates in single precision.
"""

import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras

FOLDER = pathlib.Path("fixtures/programs/schedules/keras")


def rates(path):
    seen = []

    class Watch(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            if batch == 0:
                seen.append(float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)))

    fit = keras.Model.fit

    def watched(self, *args, callbacks=(), **kwargs):
        return fit(self, *args, callbacks=[*callbacks, Watch()], **kwargs)

    keras.Model.fit = watched
    try:
        exec(compile(path.read_text(), str(path), "exec"), {"__name__": "__main__"})
    finally:
        keras.Model.fit = fit
    return seen


def main():
    worst, compared, programs = 0.0, 0, sorted(FOLDER.glob("*.py"))
    for path in programs:
        said = [float(rate) for rate in path.with_suffix(".rates").read_text().split()[1:]]
        real = rates(path)
        if len(real) != len(said):
            print(f"{path.name}: {len(real)} epochs, {len(said)} read")
            worst = float("inf")
        for epoch, (ours, theirs) in enumerate(zip(said, real)):
            difference = abs(ours - theirs) / abs(theirs)
            compared += 1
            if difference > 1e-7:
                print(f"{path.name}: epoch {epoch}: {ours} read, {theirs} in Keras")
            worst = max(worst, difference)
    print(f"{compared} rates of {len(programs)} programs, largest relative difference {worst:.1e}")
    return 0 if worst <= 1e-7 else 1


if __name__ == "__main__":
    sys.exit(main())
