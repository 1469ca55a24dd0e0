# One second moment for a whole tensor, which starts at the first gradient's; the decay is added to the gradient that it has
# normalized.
optimizer pytorch.NvNovoGrad
source timm/optim/nvnovograd.py, NvNovoGrad.step
family novograd
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at the first gradient
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
hyper weight_decay
flag grad_averaging
flag amsgrad
state v = 0
state largest = 0
state m = 0
square = sum(g * g, tensor)
v = where(v == 0, square, beta2 * v + (1 - beta2) * square)
when amsgrad:
    largest = max(largest, v)
    d = g / (sqrt(largest) + epsilon) + weight_decay * w
otherwise:
    d = g / (sqrt(v) + epsilon) + weight_decay * w
when grad_averaging:
    d = d * (1 - beta1)
otherwise:
    d = d
m = beta1 * m + d
w = w - eta * m
