# Adam with Nesterov's step; the momentum does not grow, as it does in PyTorch's NAdam.
optimizer pytorch.NAdamW
source timm/optim/nadamw.py, _single_tensor_nadamw
family nadamw
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
state m = 0
state v = 0
m = m + (1 - beta1) * (g - m)
v = beta2 * v + (1 - beta2) * g * g
ahead = m + (1 - beta1) * (g - m)
w = w - eta / (1 - pow(beta1, k)) * ahead / (sqrt(v) / sqrt(1 - pow(beta2, k)) + epsilon)
