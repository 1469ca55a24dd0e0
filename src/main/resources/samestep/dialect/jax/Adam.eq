# A number may stand in the root, beside the one outside. With nesterov the first moment is corrected for the next update, and
# the gradient for this one.
optimizer jax.Adam
source optax/_src/transform.py, scale_by_adam
family adam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from b1
hyper beta2 from b2
hyper epsilon from eps
hyper epsilon_root from eps_root
flag nesterov
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
when nesterov:
    ahead = beta1 * m / (1 - pow(beta1, k + 1)) + (1 - beta1) * g / (1 - pow(beta1, k))
otherwise:
    ahead = m / (1 - pow(beta1, k))
w = w - eta * ahead / (sqrt(v / (1 - pow(beta2, k)) + epsilon_root) + epsilon)
