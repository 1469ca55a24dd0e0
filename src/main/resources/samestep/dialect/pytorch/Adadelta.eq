# The epsilon stands in both roots; the learning rate multiplies the whole.
optimizer pytorch.Adadelta
source torch/optim/adadelta.py, _single_tensor_adadelta
family adadelta
trait learning rate: outside the state
trait epsilon: inside both roots
trait state: starts at 0
hyper rho
hyper epsilon from eps
state v = 0
state d2 = 0
v = rho * v + (1 - rho) * g * g
d = sqrt(d2 + epsilon) / sqrt(v + epsilon) * g
d2 = rho * d2 + (1 - rho) * d * d
w = w - eta * d
