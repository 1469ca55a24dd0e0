# The largest is taken of the corrected second moments.
optimizer jax.Amsgrad
source optax/_src/transform.py, scale_by_amsgrad
family adam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from b1
hyper beta2 from b2
hyper epsilon from eps
hyper epsilon_root from eps_root
state m = 0
state v = 0
state largest = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
largest = max(largest, v / (1 - pow(beta2, k)))
w = w - eta * m / (1 - pow(beta1, k)) / (sqrt(largest + epsilon_root) + epsilon)
