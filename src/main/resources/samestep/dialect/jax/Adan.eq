# Momentum of the gradient and of its change, which counts by 1 - beta2.
optimizer jax.Adan
source optax/_src/transform.py, scale_by_adan
family adan
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from b1
hyper beta2 from b2
hyper beta3 from b3
hyper epsilon from eps
hyper epsilon_root from eps_root
state m = 0
state d = 0
state v = 0
state before = 0
change = where(first > 0, 0, g - before)
m = beta1 * m + (1 - beta1) * g
d = beta2 * d + (1 - beta2) * change
ahead = g + (1 - beta2) * change
v = beta3 * v + (1 - beta3) * ahead * ahead
root = sqrt(v / (1 - pow(beta3, k)) + epsilon_root) + epsilon
w = w - eta * (m / (1 - pow(beta1, k)) + (1 - beta2) * d / (1 - pow(beta2, k))) / root
before = g
