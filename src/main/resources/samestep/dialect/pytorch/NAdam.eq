# The momentum grows with the number of the update, as fast as momentum_decay says.
optimizer pytorch.NAdam
source torch/optim/nadam.py, _single_tensor_nadam
family nadam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
hyper schedule_decay from momentum_decay
state tensor product = 1
state m = 0
state v = 0
now = beta1 * (1 - 0.5 * pow(0.96, k * schedule_decay))
next = beta1 * (1 - 0.5 * pow(0.96, (k + 1) * schedule_decay))
product = product * now
m = m + (1 - beta1) * (g - m)
v = beta2 * v + (1 - beta2) * g * g
root = sqrt(v / (1 - pow(beta2, k))) + epsilon
w = w - eta * (1 - now) / (1 - product) * g / root
w = w - eta * next / (1 - product * next) * m / root
