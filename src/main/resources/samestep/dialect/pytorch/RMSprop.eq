# The momentum's buffer has no learning rate in it.
optimizer pytorch.RMSprop
source torch/optim/rmsprop.py, _single_tensor_rmsprop
family rmsprop
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper rho from alpha
hyper momentum
hyper epsilon from eps
flag centered
state v = 0
state average = 0
state b = 0
v = rho * v + (1 - rho) * g * g
when centered:
    average = average + (1 - rho) * (g - average)
    root = sqrt(v - average * average) + epsilon
otherwise:
    root = sqrt(v) + epsilon
b = momentum * b + g / root
w = w - eta * b
