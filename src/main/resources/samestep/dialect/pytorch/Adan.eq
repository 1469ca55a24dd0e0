# Momentum of the gradient and of its change. The decay divides the new weight, unless no_prox.
optimizer pytorch.Adan
source timm/optim/adan.py, _single_tensor_adan
family adan
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper beta3 from betas[2]
hyper epsilon from eps
hyper weight_decay
flag no_prox
state m = 0
state d = 0
state v = 0
state before = 0
change = where(first > 0, 0, g - before)
m = m + (1 - beta1) * (g - m)
d = beta2 * d + (1 - beta2) * change
ahead = g + beta2 * change
v = beta3 * v + (1 - beta3) * ahead * ahead
root = sqrt(v) / sqrt(1 - pow(beta3, k)) + epsilon
step_size = eta / (1 - pow(beta1, k)) * m / root + eta * beta2 / (1 - pow(beta2, k)) * d / root
when no_prox:
    w = w * (1 - eta * weight_decay) - step_size
otherwise:
    w = (w - step_size) / (1 + eta * weight_decay)
before = g
