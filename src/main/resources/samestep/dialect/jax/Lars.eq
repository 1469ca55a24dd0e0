# Gradient and decay, which is added before, are scaled to the weight's size, tensor by tensor. The velocity carries the
# learning rate.
optimizer jax.Lars
source optax/_src/alias.py, lars; optax/_src/transform.py, scale_by_trust_ratio
family lars
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum from decay
hyper trust_coeff from trust_coefficient
hyper guard from eps
flag nesterov
flag adapted
state velocity = 0
when adapted:
    size = norm(w, tensor)
    length = norm(g, tensor)
    d = eta * g * where(size > 0, where(length > 0, trust_coeff * size / (length + guard), 1), 1)
otherwise:
    d = eta * g
velocity = momentum * velocity + d
when nesterov:
    w = w - (d + momentum * velocity)
otherwise:
    w = w - velocity
