"""Holds what is read from programs against real PyTorch: python check_programs_with_torch.py EXPLAIN...

Each program below fixtures/programs/pytorch that makes its optimizer is run with stand-ins for the modules that it imports and
for devices. One step() with gradients of zero is taken by the real optimizer, and what each weight is multiplied by is compared
with `factor_without_gradient` of `translate explain --format json`. EXPLAIN is the command, such as ./translate explain.
"""

import json
import subprocess
import sys
import types

import torch
from torch import nn

PROGRAMS = {
    "added_group": None,
    "command_line_default": None,
    "empty_group": "opt",
    "gpt_groups_by_dimension": None,
    "gpt_groups_by_module": None,
    "group_for_each_parameter": None,
    "rates_of_two_parts": None,
    "sorted_by_dimension": "make",
    "timm_optimizer_by_name": None,
    "timm_optimizer_of_named_exceptions": None,
    "timm_rule_for_unknown_model": None,
    "whole_names_in_list": "opt",
}
ROLES = {"embeddings", "kernel", "recurrent kernel", "bias", "gamma", "beta"}


def role(model, name):
    layer = model.get_submodule(name.rpartition(".")[0])
    own = name.rpartition(".")[2]
    if isinstance(layer, nn.Embedding):
        return "embeddings"
    if isinstance(layer, (nn.BatchNorm2d, nn.LayerNorm)):
        return "gamma" if own == "weight" else "beta"
    if not type(layer).__module__.startswith("torch."):
        return "parameter"
    return "recurrent kernel" if own.startswith("weight_hh") else "bias" if own.startswith("bias") else "kernel"


def build():
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Linear(4, 2))


def run(path, function):
    made, models = [], []
    begin, module = torch.optim.Optimizer.__init__, nn.Module.__init__

    def optimizer(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        made.append(self)

    def network(self, *args, **kwargs):
        module(self, *args, **kwargs)
        models.append(self)

    stub = types.ModuleType("my_project")
    for part in ("models", "data"):
        inner = types.ModuleType("my_project." + part)
        inner.build = build
        sys.modules["my_project." + part] = inner
    sys.modules["my_project"] = stub
    nn.Module.cuda = lambda self: self
    torch.optim.Optimizer.__init__, nn.Module.__init__ = optimizer, network
    sys.argv = [path]
    try:
        names = {"__name__": "__main__"}
        exec(compile(open(path).read(), path, "exec"), names)
        if function == "make":
            names[function](build())
        elif function:
            names[function]()
    finally:
        torch.optim.Optimizer.__init__, nn.Module.__init__ = begin, module
    ids = {id(p) for group in made[-1].param_groups for p in group["params"]}
    model = next(m for m in models if ids <= {id(p) for p in m.parameters()} and len(list(m.children())))
    return made[-1], model


def factors(optimizer, model):
    before = {}
    optimizer.state.clear()
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.data = torch.full_like(p, 1.0, dtype=torch.float64)
            p.grad = torch.zeros_like(p)
            before[name] = p
        optimizer.step()
    return {name: float(p.detach().flatten()[0]) for name, p in before.items()}


def main(command):
    compared = worst = 0
    for program, function in PROGRAMS.items():
        path = f"fixtures/programs/pytorch/{program}.py"
        printed = subprocess.run([*command, path, "--format", "json"], capture_output=True, text=True, check=True).stdout
        said = {}
        for update in json.loads(printed)["files"][0]["updates"]:
            for parameter in update["parameters"]:
                said[parameter] = update["factor_without_gradient"]
        optimizer, model = run(path, function)
        for name, real in factors(optimizer, model).items():
            what = role(model, name)
            layer = name.rpartition(".")[0] or name
            ours = said.get(f"{layer} {what}", said.get(f"every {what}"))
            difference = abs(ours - real)
            worst = max(worst, difference)
            compared += 1
            if difference > 1e-12:
                print(f"{program}: {name}: {ours} read, {real} in PyTorch")
    print(f"{compared} parameters of {len(PROGRAMS)} programs, largest difference {worst:.1e}")
    return 0 if worst <= 1e-12 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
