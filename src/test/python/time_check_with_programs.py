"""How much longer a check takes with as many Python files without training as there are configurations. Optional.

    python src/test/python/time_check_with_programs.py [TURNS [FILES]]

Makes FILES configurations (5,000: solvers, nets, Keras and YAML files with numbers of their own) and FILES copies of modules of
this Python's own library and installed packages that make no optimizer, then runs `translate check --isolated -q` over the
configurations and over both, in turn, TURNS times (3). It prints processor seconds (user and system, all threads and a start
included), least and median, and their ratio. TRANSLATE is the command, if it is not ./translate.
"""

import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
TRANSLATE = os.environ.get("TRANSLATE", str(ROOT / "translate")).split()
# A module with one of these may train something.
TRAINS = re.compile(rb"optim|Optimizer|minimize\(|\.compile\(|learning_rate|weight_decay|\bl2\b|lr_scheduler|regularizer")


def configurations(folder, files):
    solver = (ROOT / "fixtures/lenet/solver.prototxt").read_text()
    net = (ROOT / "fixtures/lenet/net.prototxt").read_text()
    keras = (ROOT / "fixtures/comparisons/lenet-keras-verbatim/target.json").read_text()
    yaml = "optimizer:\n  class_path: torch.optim.SGD\n  init_args:\n    lr: {0}\n    momentum: 0.9\n    weight_decay: {1}\n"
    for i in range(files // 4):
        place = folder / f"configurations/{i}"
        place.mkdir(parents=True)
        decay = f"0.000{i + 1}"
        (place / "solver.prototxt").write_text(
            re.sub(r"weight_decay: \S+", f"weight_decay: {decay}", re.sub(r'net: ".*"', 'net: "net.prototxt"', solver)))
        (place / "net.prototxt").write_text(net)
        (place / "model.json").write_text(keras.replace("0.0005", decay))
        (place / "config.yaml").write_text(yaml.format(f"0.0{i + 1}", decay))


def modules(folder, files):
    """Modules in the order of their paths, each once or more until there are enough."""
    found = []
    for root in (sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")):
        for path in sorted(pathlib.Path(root).rglob("*.py")):
            text = path.read_bytes()
            if len(found) < files and text and not TRAINS.search(text):
                found.append(text)
    size = 0
    for i in range(files):
        place = folder / f"programs/{i // 100}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"module_{i}.py").write_bytes(found[i % len(found)])
        size += len(found[i % len(found)])
    return len(found), size


def seconds(folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [*TRANSLATE, "check", "--isolated", "-q", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        configurations(folder, files)
        different, size = modules(folder, files)
        print(f"{files} configurations; {files} modules, {different} different, {size / 1e6:.1f} MB")
        alone, both = [], []
        for _ in range(turns):
            alone.append(seconds(folder / "configurations"))
            both.append(seconds(folder))
        for name, times in (("configurations", alone), ("with modules", both)):
            print(f"{name}: least {min(times):.1f} s, median {statistics.median(times):.1f} s")
        print(f"times: least {min(both) / min(alone):.2f}, median {statistics.median(both) / statistics.median(alone):.2f}")


if __name__ == "__main__":
    main()
