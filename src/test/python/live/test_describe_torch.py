"""Live optimizers of PyTorch, timm and transformers, made as the recordings were: their descriptions, read back, give the
recorded trajectories."""

from __future__ import annotations

import copy
import importlib
import json
from pathlib import Path

import pytest
from replaying import TOLERANCE, distances, follows_the_schema, recordings

torch = pytest.importorskip("torch")

import samestep

SHAPES = {"mlp": {"W1": (6, 8), "b1": (6,), "W2": (4, 6), "b2": (4,)}, "linear": {"W1": (3, 8), "b1": (3,)}}
NAMES = {"W1": "0.weight", "b1": "0.bias", "W2": "2.weight", "b2": "2.bias"}
UPDATES = 100


class Skipped(Exception):
    """Why a recording's configuration is no live optimizer here."""


def model_of(problem: str) -> torch.nn.Sequential:
    """The model of a problem, as the recorder had it."""
    linear = torch.nn.Linear
    layers = [linear(8, 6), torch.nn.Tanh(), linear(6, 4)] if problem == "mlp" else [linear(8, 3)]
    return torch.nn.Sequential(*layers).double()


def class_of(path: str) -> type:
    """The class that a recording names."""
    module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as e:
        raise Skipped(f"{path} is not in this version") from e


def optimizer_of(native: dict, model: torch.nn.Module):
    """The live optimizer of a recording."""
    if "call" in native and native["call"].startswith("timm"):
        timm = pytest.importorskip("timm.optim")
        return timm.create_optimizer_v2(model, **native["kwargs"])
    if "loss_penalty" in native:
        raise Skipped("the penalty is in the loss")
    path = native.get("class_path") or native.get("class", "AdamWeightDecay")
    if "AdamWeightDecay" in path or "create_optimizer" in path or "param_groups" not in native:
        raise Skipped("of TensorFlow")
    kind = class_of(path)
    named = dict(model.named_parameters())
    groups = []
    known = kind([torch.nn.Parameter(torch.zeros(1))]).defaults
    for group in native["param_groups"]:
        names = group.get("param_names") or group["params"]
        arguments = {k: v for k, v in group.items() if k in known and k != "lr"}
        arguments["lr"] = group.get("initial_lr", group.get("lr"))
        arguments = {k: tuple(v) if isinstance(v, list) else v for k, v in arguments.items()}
        groups.append({"params": [named[NAMES.get(n, n)] for n in names], **arguments})
    flags = {k: v for k, v in native.get("class_kwargs", {}).items() if k in known}
    if kind.__name__ == "Adafactor" and kind.__module__.startswith("transformers"):
        flags.setdefault("relative_step", groups[0].get("relative_step", False))
        flags.setdefault("scale_parameter", groups[0].get("scale_parameter", False))
    # transformers' polynomial schedule starts from the optimizer's own rate, not from that of its groups.
    flags.setdefault("lr", groups[0].get("lr"))
    return kind(groups, **flags)


def scheduler_of(native: dict, optimizer):
    """The live scheduler of a recording; None where the rate is constant."""
    if "training_args" in native:
        transformers = pytest.importorskip("transformers")
        arguments = native["training_args"]
        return transformers.get_scheduler(
            arguments.get("lr_scheduler_type", "linear"),
            optimizer,
            num_warmup_steps=arguments.get("warmup_steps", 0),
            num_training_steps=arguments.get("max_steps", UPDATES),
        )
    if "scheduler" not in native:
        return None
    return _scheduler(native["scheduler"], optimizer)


def _scheduler(described: dict, optimizer):
    arguments = dict(described["init_args"])
    if "lr_lambda" in arguments:
        arguments["lr_lambda"] = eval(arguments["lr_lambda"])
    if "schedulers" in arguments:
        arguments["schedulers"] = [_scheduler(part, optimizer) for part in arguments["schedulers"]]
    return class_of(described["class_path"])(optimizer, **arguments)


def clips_of(native: dict) -> dict:
    """What the recording's loop clips, as describe is told."""
    call = native.get("grad_clip")
    if call is None:
        return {}
    arguments = call["init_args"]
    return {"clip_norm": arguments["max_norm"]} if "max_norm" in arguments else {"clip_value": arguments["clip_value"]}


def described(file: Path) -> samestep.Description:
    """The description of a recording's live optimizer."""
    recording = json.loads(file.read_text())
    native = recording["native"]
    model = model_of(recording["problem"])
    optimizer = optimizer_of(native, model)
    scheduler = scheduler_of(native, optimizer)
    return samestep.describe(optimizer, model, scheduler, updates=UPDATES, **clips_of(native))


def test_descriptions_give_the_recorded_trajectories(tmp_path):
    descriptions, skipped = {}, {}
    for file in recordings("pytorch", "pytorch/branches"):
        try:
            descriptions[file] = described(file).json()
        except Skipped as e:
            skipped[file.name] = str(e)
    follows_the_schema(descriptions.values())
    found = distances(descriptions, tmp_path)
    wrong = {name: d for name, d in found.items() if not isinstance(d, float) or d > TOLERANCE}
    print(f"{len(found) - len(wrong)} of {len(found)} agree; {len(skipped)} skipped: {sorted(set(skipped.values()))}")
    assert not wrong
    assert len(found) > 250


def state_of(*objects) -> str:
    """Everything that can be seen of live objects, for comparison."""
    return repr([copy.deepcopy(vars(o)) if not hasattr(o, "state_dict") else o.state_dict() for o in objects])


def test_nothing_that_is_given_is_changed():
    model = model_of("mlp")
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
    inner = torch.optim.lr_scheduler
    parts = [inner.LinearLR(optimizer, 0.1, total_iters=5), inner.CosineAnnealingLR(optimizer, T_max=50)]
    scheduler = inner.SequentialLR(optimizer, parts, milestones=[5])
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    scheduler.step()
    before = state_of(model, optimizer, scheduler), optimizer.__dict__.keys(), id(optimizer.step)
    random = torch.get_rng_state()
    samestep.describe(optimizer, model, scheduler, updates=100)
    after = state_of(model, optimizer, scheduler), optimizer.__dict__.keys(), id(optimizer.step)
    assert after == before
    assert torch.equal(torch.get_rng_state(), random)
    assert scheduler.last_epoch == 1


def test_parameters_have_their_names_roles_groups_and_ties():
    class Tied(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = torch.nn.Embedding(7, 4)
            self.norm = torch.nn.LayerNorm(4)
            self.rnn = torch.nn.LSTM(4, 4, num_layers=2)
            self.token = torch.nn.Parameter(torch.zeros(1, 4))
            self.place = torch.nn.Parameter(torch.zeros(1, 4))
            self.head = torch.nn.Linear(4, 7, bias=False)
            self.head.weight = self.embedding.weight
            self.norm.bias.requires_grad_(False)

    model = Tied()
    groups = [
        {"params": [p for n, p in model.named_parameters() if n not in ("place", "token")], "weight_decay": 0.1},
        {"params": [model.place], "weight_decay": 0.0},
    ]
    found = samestep.describe(torch.optim.AdamW(groups, lr=0.1), model)
    rows = {p["name"]: p for p in found.parameters}
    assert rows["embedding.weight"]["also"] == ["head.weight"]
    assert "head.weight" not in rows
    assert rows["embedding.weight"]["role"] == "embeddings"
    assert rows["norm.weight"]["role"] == "gamma"
    assert not rows["norm.bias"]["trained"]
    assert rows["rnn.weight_hh_l1"]["role"] == "recurrent kernel"
    assert rows["place"]["group"] == 1
    assert rows["token"]["group"] is None
    assert {n.kind for n in found.notes} == {
        "parameters-in-no-group",
        "parameters-without-gradient",
        "decay-of-norms-and-biases",
    }


def test_parameters_of_one_layer_and_role_are_kept_apart():
    from samestep._pipe import PROGRAM

    model = torch.nn.Module()
    model.register_parameter("token", torch.nn.Parameter(torch.zeros(1, 4)))
    model.layer = torch.nn.Module()
    model.layer.register_parameter("first", torch.nn.Parameter(torch.zeros(2, 4)))
    model.layer.register_parameter("second", torch.nn.Parameter(torch.zeros(2, 4)))
    groups = [
        {"params": [model.layer.first], "weight_decay": 0.5},
        {"params": [model.layer.second, model.token], "weight_decay": 0.0},
    ]
    text = samestep.describe(torch.optim.SGD(groups, lr=0.1), model).json()
    answer = PROGRAM.call(["explain", "-", "--format", "json"], text)
    updates = json.loads(answer.out)["files"][0]["updates"]
    assert [sorted(u["parameters"]) for u in updates] == [
        ["layer.first parameter"],
        ["layer.second parameter", "token parameter"],
    ]


@pytest.mark.parametrize("known", [True, False])
def test_a_schedule_of_the_users_own_is_a_table_of_rates(known):
    from samestep._pipe import PROGRAM

    model = model_of("linear")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: 1.0 if t < 7 else 0.25)
    found = samestep.describe(optimizer, model, scheduler, updates=20 if known else None)
    assert found.data["scheduler"]["init_args"]["rates"] == [[0, 0.1], [7, 0.025]]
    answer = PROGRAM.call(["explain", "-"], found.json())
    assert ("SS441" in answer.err) != known


def test_what_a_scheduler_changes_beside_the_rate_is_refused():
    from samestep._pipe import PROGRAM

    model = model_of("linear")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=20)
    answer = PROGRAM.call(["explain", "-"], samestep.describe(optimizer, model, scheduler, updates=20).json())
    assert answer.code == 2
    assert "the scheduler changes momentum" in answer.err


def test_accelerates_wrapper_is_the_optimizer_inside():
    accelerate = pytest.importorskip("accelerate")
    model = model_of("linear")
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
    plain = samestep.describe(optimizer, model)
    wrapped = accelerate.Accelerator(cpu=True).prepare(optimizer)
    assert type(wrapped) is not type(optimizer)
    assert samestep.describe(wrapped, model).data["param_groups"] == plain.data["param_groups"]


def test_misuse_is_an_exception():
    with pytest.raises(TypeError, match="expected an optimizer"):
        samestep.describe("adam")
    model = model_of("linear")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises(TypeError, match="the optimizer comes first, then the model"):
        samestep.describe(model, optimizer)
    with pytest.raises(TypeError, match="the class SGD: make an object of it"):
        samestep.describe(torch.optim.SGD)
    with pytest.raises(TypeError, match="StepLR is no model of PyTorch: give it as scheduler="):
        samestep.describe(optimizer, torch.optim.lr_scheduler.StepLR(optimizer, 3))
    with pytest.raises(ValueError, match="updates: at least 1"):
        samestep.describe(torch.optim.SGD(model_of("linear").parameters(), lr=0.1), updates=0)
