# The step of momentum until the second moment is known well enough, then that of Adam, rectified. The epsilon is added
# before the second moment's correction.
optimizer pytorch.RAdam
source torch/optim/radam.py, _single_tensor_radam
family radam
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
hyper sma_threshold
state m = 0
state v = 0
m = m + (1 - beta1) * (g - m)
v = beta2 * v + (1 - beta2) * g * g
corrected = m / (1 - pow(beta1, k))
ideal = 2 / (1 - beta2) - 1
length = ideal - 2 * k * pow(beta2, k) / (1 - pow(beta2, k))
share = (length - 4) * (length - 2) * ideal / ((ideal - 4) * (ideal - 2) * length)
rectified = sqrt(max(share, 0))
adaptive = sqrt(1 - pow(beta2, k)) / (sqrt(v) + epsilon)
w = w - corrected * eta * where(length > sma_threshold, rectified * adaptive, 1)
