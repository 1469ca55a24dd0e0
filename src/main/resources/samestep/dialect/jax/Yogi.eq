# The second moment moves by a share of the square, up or down. Both moments start at a number, and are corrected as if at 0.
optimizer jax.Yogi
source optax/_src/transform.py, scale_by_yogi
family yogi
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at initial_accumulator
hyper beta1 from b1
hyper beta2 from b2
hyper epsilon from eps
hyper epsilon_root from eps_root
hyper initial_accumulator from initial_accumulator_value
state m = initial_accumulator
state v = initial_accumulator
m = beta1 * m + (1 - beta1) * g
v = v - (1 - beta2) * sign(v - g * g) * g * g
w = w - eta * m / (1 - pow(beta1, k)) / (sqrt(v / (1 - pow(beta2, k)) + epsilon_root) + epsilon)
