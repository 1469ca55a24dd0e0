# The second moment is of the gradient's distance from its average; the small number is added to what is kept of it at every
# update, and to the root.
optimizer pytorch.AdaBelief
source timm/optim/adabelief.py, _single_tensor_adabelief
family adabelief
trait learning rate: outside the state
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper guard from eps
flag amsgrad
state m = 0
state v = 0
state largest = 0
m = m + (1 - beta1) * (g - m)
v = beta2 * v + (1 - beta2) * (g - m) * (g - m) + guard
when amsgrad:
    largest = max(largest, v)
    root = sqrt(largest) / sqrt(1 - pow(beta2, k)) + guard
otherwise:
    root = sqrt(v) / sqrt(1 - pow(beta2, k)) + guard
w = w - eta / (1 - pow(beta1, k)) * m / root
