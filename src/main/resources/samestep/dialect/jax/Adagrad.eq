# Where the sum is 0, nothing moves, whatever epsilon is.
optimizer jax.Adagrad
source optax/_src/transform.py, scale_by_rss
family adagrad
trait learning rate: outside the state
trait epsilon: inside the root
trait state: starts at initial_accumulator
hyper initial_accumulator from initial_accumulator_value
hyper epsilon from eps
state a = initial_accumulator
a = a + g * g
w = w - where(a > 0, eta * g / sqrt(a + epsilon), 0)
