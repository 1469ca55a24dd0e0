# The epsilon is added to the gradient's size before the largest is taken.
optimizer pytorch.Adamax
source torch/optim/adamax.py, _single_tensor_adamax
family adamax
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
state m = 0
state u = 0
m = m + (1 - beta1) * (g - m)
u = max(beta2 * u, abs(g) + epsilon)
w = w - eta / (1 - pow(beta1, k)) * m / u
