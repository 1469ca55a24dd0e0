# The epsilon is added to the root after the bias correction. AMSGrad takes the largest of the moments without correction.
optimizer pytorch.Adam
source torch/optim/adam.py, _single_tensor_adam
family adam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
flag amsgrad
state m = 0
state v = 0
state largest = 0
m = m + (1 - beta1) * (g - m)
v = beta2 * v + (1 - beta2) * g * g
step_size = eta / (1 - pow(beta1, k))
when amsgrad:
    largest = max(largest, v)
    w = w - step_size * m / (sqrt(largest) / sqrt(1 - pow(beta2, k)) + epsilon)
otherwise:
    w = w - step_size * m / (sqrt(v) / sqrt(1 - pow(beta2, k)) + epsilon)
