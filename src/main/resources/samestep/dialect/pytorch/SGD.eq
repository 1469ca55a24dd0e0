# The velocity has no learning rate in it: a change of the rate acts at once on the whole velocity. The first velocity is the
# gradient itself, without dampening. Where the momentum is 0, torch does not look at the dampening: undamped.
optimizer pytorch.SGD
source torch/optim/sgd.py, _single_tensor_sgd
family momentum
trait learning rate: outside the state
trait state: starts at 0
hyper momentum
hyper dampening
flag nesterov
flag undamped
state velocity = 0
when undamped:
    velocity = g
otherwise:
    velocity = where(first > 0, g, momentum * velocity + (1 - dampening) * g)
when nesterov:
    w = w - eta * (g + momentum * velocity)
otherwise:
    w = w - eta * velocity
