# The step of each tensor is as long as its weights, times eeta; the rate goes into the velocity with it.
optimizer tensorflow.Lars
source official/modeling/optimization/lars_optimizer.py of the Model Garden, LARS._resource_apply_dense with classic_momentum
family lars
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
hyper eeta
hyper weight_decay from weight_decay_rate
flag nesterov
flag adapted
state v = 0
d = g + weight_decay * w
when adapted:
    size = norm(w, tensor)
    length = norm(d, tensor)
    ratio = where(size > 0, where(length > 0, eeta * size / length, 1), 1)
otherwise:
    ratio = 1
v = momentum * v + eta * ratio * d
when nesterov:
    w = w - momentum * v - eta * ratio * d
otherwise:
    w = w - v
