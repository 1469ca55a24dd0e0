# Gradient and decay are scaled to the weight's size, tensor by tensor, where there is decay. Without
# momentum the dampening is not looked at: undamped.
optimizer pytorch.Lars
source timm/optim/lars.py, _single_tensor_lars
family lars
trait learning rate: outside the state
trait state: starts at 0
hyper momentum
hyper dampening
hyper weight_decay
hyper trust_coeff
hyper guard from eps
flag nesterov
flag undamped
flag adapted
state velocity = 0
when adapted:
    size = norm(w, tensor)
    length = norm(g, tensor)
    trust = trust_coeff * size / (length + size * weight_decay + guard)
    d = (g + weight_decay * w) * where(size > 0, where(length > 0, trust, 1), 1)
otherwise:
    d = g
when undamped:
    velocity = d
otherwise:
    velocity = where(first > 0, d, momentum * velocity + (1 - dampening) * d)
when nesterov:
    w = w - eta * (d + momentum * velocity)
otherwise:
    w = w - eta * velocity
