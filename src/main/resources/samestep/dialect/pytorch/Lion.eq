# The sign of an average of gradient and momentum; there is no second moment.
optimizer pytorch.Lion
source timm/optim/lion.py, _single_tensor_lion
family lion
trait learning rate: outside the state
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
state m = 0
w = w - eta * sign(m + (1 - beta1) * (g - m))
m = m + (1 - beta2) * (g - m)
