"""Records optimizers of PyTorch, timm and transformers with each of their arguments in turn at zero, switched, or changed, for
fixtures/goldens/pytorch/branches. Float64 on the CPU.

Needs, from PyPI, torch==2.15.0, timm==1.0.31 and transformers==5.24.0. To run it:

    python record_pytorch.py PROBLEMS FOLDER [WORDS]

With WORDS, only the cases whose name has them.
"""

import importlib
import sys

import torch

import recordings

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

# Of each class: what is not changed, and what is changed from that, one after the other. A beta2 of 0 has a large epsilon beside
# it: without one, the quotient of two small gradients makes a rounding in the last digit visible.
CASES = {
    "torch.optim.SGD": (
        dict(lr=0.05, momentum=0.9, weight_decay=0.05),
        [dict(), dict(momentum=0), dict(momentum=0, dampening=0.5), dict(dampening=0.5), dict(nesterov=True), dict(maximize=True, lr=0.01),
         dict(weight_decay=0), dict(lr=0.0), dict(foreach=True), dict(fused=True), dict(momentum=0, foreach=True, dampening=0.5),
         dict(momentum=0, fused=True, dampening=0.5), dict(nesterov=True, fused=True),
         dict(dampening=0.5, fused=True), dict(dampening=0.5, foreach=True), dict(dampening=1.0)]),
    "torch.optim.Adam": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(betas=(0.0, 0.999)), dict(betas=(0.9, 0.0), eps=0.1), dict(betas=(0.0, 0.0)), dict(eps=0.0), dict(eps=0.1), dict(amsgrad=True),
         dict(maximize=True), dict(decoupled_weight_decay=True), dict(weight_decay=0), dict(foreach=True), dict(fused=True), dict(amsgrad=True, betas=(0.5, 0.5), eps=0.01), dict(amsgrad=True, fused=True),
         dict(decoupled_weight_decay=True, maximize=True)]),
    "torch.optim.AdamW": (
        dict(lr=0.02),
        [dict(), dict(weight_decay=0), dict(weight_decay=0.5), dict(amsgrad=True, betas=(0.5, 0.5)), dict(maximize=True), dict(foreach=True),
         dict(fused=True), dict(eps=0.1)]),
    "torch.optim.Adagrad": (
        dict(lr=0.05, weight_decay=0.05),
        [dict(), dict(lr_decay=0.3), dict(initial_accumulator_value=0.5), dict(eps=0.1), dict(maximize=True), dict(foreach=True), dict(fused=True),
         dict(weight_decay=0), dict(eps=0.0), dict(lr_decay=0.3, fused=True)]),
    "torch.optim.RMSprop": (
        dict(lr=0.01, weight_decay=0.05),
        [dict(), dict(momentum=0.9), dict(centered=True), dict(centered=True, momentum=0.9), dict(alpha=0.5), dict(eps=0.1), dict(maximize=True),
         dict(alpha=0.0), dict(foreach=True), dict(weight_decay=0), dict(centered=True, eps=0.1, alpha=0.5)]),
    "torch.optim.Adadelta": (
        dict(weight_decay=0.05),
        [dict(), dict(rho=0.0), dict(rho=0.5), dict(eps=0.1), dict(lr=0.5), dict(maximize=True), dict(foreach=True),
         dict(weight_decay=0)]),
    "torch.optim.Adamax": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(betas=(0.0, 0.5)), dict(betas=(0.9, 0.0), eps=0.1), dict(eps=0.1), dict(eps=0.0), dict(maximize=True), dict(foreach=True), dict(weight_decay=0)]),
    "torch.optim.NAdam": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(betas=(0.0, 0.5)), dict(betas=(0.9, 0.0), eps=0.1), dict(momentum_decay=0.0), dict(momentum_decay=0.5), dict(eps=0.1), dict(maximize=True),
         dict(decoupled_weight_decay=True), dict(foreach=True), dict(weight_decay=0)]),
    "torch.optim.RAdam": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(betas=(0.0, 0.5)), dict(betas=(0.9, 0.0), eps=0.1), dict(betas=(0.9, 0.5)), dict(eps=0.1), dict(maximize=True),
         dict(decoupled_weight_decay=True), dict(foreach=True), dict(weight_decay=0)]),
    "timm.optim.adabelief.AdaBelief": (
        dict(lr=0.02, weight_decay=0.05, rectify=False),
        [dict(), dict(amsgrad=True), dict(amsgrad=True, betas=(0.5, 0.5)), dict(decoupled_decay=False), dict(weight_decay=0), dict(eps=0.01), dict(betas=(0.5, 0.5)),
         dict(degenerated_to_sgd=False)]),
    "timm.optim.adafactor.Adafactor": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(scale_parameter=False), dict(clip_threshold=0.1), dict(decay_rate=-0.5), dict(weight_decay=0), dict(min_dim_size_to_factor=2), dict(eps=0.1)]),
    "timm.optim.adamp.AdamP": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(nesterov=True), dict(delta=10.0), dict(delta=0.0), dict(wd_ratio=1.0, delta=10.0), dict(eps=0.1), dict(betas=(0.0, 0.5)), dict(weight_decay=0)]),
    "timm.optim.adan.Adan": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(no_prox=True), dict(betas=(0.0, 0.5, 0.5)), dict(betas=(0.5, 0.0, 0.5)), dict(eps=0.1), dict(weight_decay=0), dict(foreach=True)]),
    "timm.optim.lamb.Lamb": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(always_adapt=True, weight_decay=0), dict(weight_decay=0), dict(max_grad_norm=None), dict(max_grad_norm=0.1), dict(eps=0.1),
         dict(betas=(0.0, 0.5)), dict(corrected_weight_decay=True)]),
    "timm.optim.lars.Lars": (
        dict(lr=0.5, momentum=0.9, weight_decay=0.05),
        [dict(), dict(momentum=0), dict(momentum=0, dampening=0.5), dict(dampening=0.5), dict(nesterov=True), dict(weight_decay=0),
         dict(weight_decay=0, always_adapt=True), dict(trust_coeff=0.1), dict(eps=0.1)]),
    "timm.optim.lion.Lion": (
        dict(lr=0.01, weight_decay=0.05),
        [dict(), dict(betas=(0.0, 0.99)), dict(betas=(0.9, 0.0)), dict(maximize=True), dict(weight_decay=0), dict(foreach=True)]),
    "timm.optim.madgrad.MADGRAD": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(momentum=0), dict(momentum=0.5), dict(decoupled_decay=True), dict(weight_decay=0), dict(eps=0.1), dict(momentum=0, eps=0.1)]),
    "timm.optim.nadamw.NAdamW": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(betas=(0.0, 0.5)), dict(betas=(0.9, 0.0), eps=0.1), dict(maximize=True), dict(weight_decay=0), dict(eps=0.1), dict(foreach=True)]),
    "timm.optim.nvnovograd.NvNovoGrad": (
        dict(lr=0.02, weight_decay=0.05),
        [dict(), dict(grad_averaging=True), dict(amsgrad=True), dict(betas=(0.0, 0.5)), dict(betas=(0.9, 0.0), eps=0.1), dict(weight_decay=0), dict(eps=0.1),
         dict(corrected_weight_decay=True)]),
    "timm.optim.rmsprop_tf.RMSpropTF": (
        dict(lr=0.01, weight_decay=0.05),
        [dict(), dict(momentum=0.9), dict(centered=True), dict(centered=True, momentum=0.9), dict(lr_in_momentum=False, momentum=0.9), dict(decoupled_decay=True),
         dict(alpha=0.5), dict(eps=0.1), dict(weight_decay=0), dict(momentum=0, lr_in_momentum=False)]),
    "timm.optim.sgdw.SGDW": (
        dict(lr=0.05, momentum=0.9, weight_decay=0.05),
        [dict(), dict(momentum=0), dict(momentum=0, dampening=0.5), dict(dampening=0.5), dict(nesterov=True), dict(maximize=True, lr=0.01), dict(weight_decay=0),
         dict(foreach=True)]),
    "transformers.optimization.Adafactor": (
        dict(lr=0.02, relative_step=False, weight_decay=0.05),
        [dict(), dict(scale_parameter=False), dict(clip_threshold=0.1), dict(decay_rate=-0.5), dict(weight_decay=0), dict(eps=(0.1, 0.001)),
         dict(eps=(1e-30, 0.5)), dict(lr=None, relative_step=True), dict(lr=None, relative_step=True, warmup_init=True),
         dict(lr=None, relative_step=True, warmup_init=True, scale_parameter=False)]),
}


def spelled(change):
    return "-".join(f"{k}-{'_'.join(map(str, v)) if isinstance(v, tuple) else v}" for k, v in change.items()) or "base"


def model_of(problem):
    linear = [torch.nn.Linear(8, 3)] if problem.name == "linear" else [torch.nn.Linear(8, 6), torch.nn.Linear(6, 4)]
    model = torch.nn.Sequential(*linear) if len(linear) == 1 else torch.nn.Sequential(linear[0], torch.nn.Tanh(), linear[1])
    with torch.no_grad():
        for i, layer in enumerate(linear, 1):
            layer.weight.copy_(torch.from_numpy(problem.init[f"W{i}"].T.copy()))
            layer.bias.copy_(torch.from_numpy(problem.init[f"b{i}"]))
    return model, linear


def record(problem, path, arguments):
    """One run; the loss is summed over the outputs, halved, and averaged over the batch (docs/recordings.md)."""
    model, linear = model_of(problem)
    module, name = path.rsplit(".", 1)
    optimizer = getattr(importlib.import_module(module), name)(list(model.named_parameters()), **arguments)
    groups = [{k: v for k, v in g.items()} for g in optimizer.state_dict()["param_groups"]]
    native = {"class_path": path, "init_args": {k: list(v) if isinstance(v, tuple) else v for k, v in arguments.items()}, "param_groups": groups}

    def weights():
        result = {}
        for i, layer in enumerate(linear, 1):
            result[f"W{i}"] = layer.weight.detach().numpy().T.copy()
            result[f"b{i}"] = layer.bias.detach().numpy().copy()
        return result

    def step(x, y, update):
        optimizer.zero_grad()
        z = model(torch.from_numpy(x))
        t = torch.from_numpy(y)
        loss = ((z - t) ** 2).sum() / (2 * problem.size) if problem.name == "linear" else torch.nn.functional.cross_entropy(z, t)
        loss.backward()
        optimizer.step()

    return native, recordings.run(problem, weights, step)


def main():
    problem = recordings.Problem(sys.argv[1], "linear")
    words = sys.argv[3] if len(sys.argv) > 3 else ""
    for path, (fixed, changes) in CASES.items():
        library = path.split(".")[0]
        version = f"{library} {importlib.import_module(library).__version__}"
        head = {"framework": {"transformers": "hf"}.get(library, library), "framework_version": f"{version} (torch {torch.__version__})",
                "dtype": "float64", "problem": problem.name}
        for change in changes:
            name = f"{library}-{path.rsplit('.', 1)[1].lower()}-{spelled(change)}"
            if words not in name:
                continue
            try:
                native, result = record(problem, path, {**fixed, **change})
            except Exception as refused:  # what the library itself does not take is no case
                print(f"{name}: refused: {refused}".splitlines()[0])
                continue
            recordings.write(sys.argv[2], name, head, native, result, f"changed from the base: {spelled(change)}", hyperparameters="exact")


if __name__ == "__main__":
    main()
