# A step size for each entry, which grows while the gradient keeps its sign. What is done in an update is the step of the update before.
optimizer jax.Rprop
source optax/_src/transform.py, scale_by_rprop
family rprop
trait learning rate: inside the velocity
trait state: starts at 0
hyper eta_minus
hyper eta_plus
hyper smallest from min_step_size
hyper largest from max_step_size
state size = 0
state before = 0
size = where(first > 0, eta, size)
turn = g * before
size = where(turn == 0, size, clip(size * where(turn > 0, eta_plus, eta_minus), smallest, largest))
w = w - where(turn < 0, 0, before)
before = where(turn < 0, 0, size * sign(g))
