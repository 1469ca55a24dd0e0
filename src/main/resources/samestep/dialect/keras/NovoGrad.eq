# One second moment for a whole tensor; the decay is added to the gradient that it has normalized.
optimizer keras.NovoGrad
source tensorflow_addons/optimizers/novograd.py of 0.23, NovoGrad._resource_apply_dense
family novograd
trait learning rate: inside the velocity
trait epsilon: outside the root
trait state: starts at the first gradient
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
hyper weight_decay
flag grad_averaging
state v = 0
state m = 0
square = sum(g * g, tensor)
v = where(first > 0, square, beta2 * v + (1 - beta2) * square)
d = g / (sqrt(v) + epsilon) + weight_decay * w
when grad_averaging:
    d = d * where(first > 0, 1, 1 - beta1)
otherwise:
    d = d
m = beta1 * m - eta * d
w = w + m
