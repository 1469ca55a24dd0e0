# The step is made as long as the weight, tensor by tensor, where there is decay.
optimizer pytorch.Lamb
source timm/optim/lamb.py, Lamb.step and _single_tensor_lamb
family lamb
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
hyper weight_decay
flag adapted
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
d = m / (1 - pow(beta1, k)) / (sqrt(v) / sqrt(1 - pow(beta2, k)) + epsilon) + weight_decay * w
when adapted:
    size = norm(w, tensor)
    length = norm(d, tensor)
    ratio = where(size > 0, where(length > 0, size / length, 1), 1)
otherwise:
    ratio = 1
w = w - eta * ratio * d
