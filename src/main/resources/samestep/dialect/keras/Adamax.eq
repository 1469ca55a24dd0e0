# There is no root: the largest gradient stands in its place, and epsilon beside it. The beta is rounded to single precision
# in the correction, and not in the moment.
optimizer keras.Adamax
source keras/src/optimizers/adamax.py, Adamax.update_step
family adamax
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
state m = 0
state u = 0
m = beta1 * m + (1 - beta1) * g
u = max(beta2 * u, abs(g))
w = w - eta * m / ((1 - pow(f32(beta1), k)) * (u + epsilon))
