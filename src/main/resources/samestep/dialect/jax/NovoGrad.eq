# One second moment for a whole tensor, which starts at the first gradient's; the decay is added to the gradient that it has
# normalized. The learning rate is outside of the sum of these.
optimizer jax.NovoGrad
source optax/_src/transform.py, scale_by_novograd
family novograd
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at the first gradient
hyper beta1 from b1
hyper beta2 from b2
hyper epsilon from eps
hyper epsilon_root from eps_root
hyper weight_decay
state v = 0
state m = 0
square = sum(g * g, tensor)
v = where(first > 0, square, beta2 * v + (1 - beta2) * square)
m = beta1 * m + g / (sqrt(v + epsilon_root) + epsilon) + weight_decay * w
w = w - eta * m
