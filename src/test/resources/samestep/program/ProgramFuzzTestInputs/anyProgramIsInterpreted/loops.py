import torch

model = torch.hub.load("x", "y")
decay, no_decay = [], []
for name, p in model.named_parameters():
    if not p.requires_grad:
        continue
    if name.endswith("bias") or p.ndim == 1:
        no_decay.append(p)
    else:
        decay.append(p)
groups = [{"params": decay, "weight_decay": 0.01}, {"params": no_decay, "weight_decay": 0.0}]
optimizer = torch.optim.AdamW(groups, lr=3e-4)

named = [p for n, p in model.named_parameters() if "bias" not in n]
total = 0
for i, width in enumerate([64, 128, 256]):
    total += i * width
    if width == 128:
        break
n = 1
while n < 100:
    n *= 2
steps = 0
for batch in model.batches():
    steps += 1
    loss = model(batch) + 1e-4 * sum(w.pow(2).sum() for w in model.parameters())
    loss.backward()
squares = {k: k ** 2 for k in range(4) if k % 2}
pairs = list(zip("ab", [1, 2]))
first, *rest = [1, 2, 3]
