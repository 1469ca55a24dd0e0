# The part of Adam's step along the weights is taken out where gradient and weights are nearly at right angles: output by
# output, or else as a whole; the decay is smaller there. Source of the cosine: torch.nn.functional.cosine_similarity.
optimizer pytorch.AdamP
source timm/optim/adamp.py, AdamP.step and projection
family adamp
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
hyper delta
hyper wd_ratio
hyper weight_decay
flag nesterov
flag matrix
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
root = sqrt(v) / sqrt(1 - pow(beta2, k)) + epsilon
when nesterov:
    d = (beta1 * m + (1 - beta1) * g) / root
otherwise:
    d = m / root
when matrix:
    near = abs(sum(g * w, columns)) / (max(norm(g, columns), epsilon) * max(norm(w, columns), epsilon))
    each = where(max(near, tensor) < delta / sqrt(sum(1 + 0 * w, columns)), 1, 0)
    whole_near = abs(sum(g * w, tensor)) / (max(norm(g, tensor), epsilon) * max(norm(w, tensor), epsilon))
    whole = where(whole_near < delta / sqrt(sum(1 + 0 * w, tensor)), 1 - each, 0)
    n = w / (norm(w, columns) + epsilon)
    o = w / (norm(w, tensor) + epsilon)
    d = d - each * n * sum(n * d, columns) - whole * o * sum(o * d, tensor)
    ratio = where(each + whole > 0, wd_ratio, 1)
otherwise:
    ratio = 1
w = w * (1 - eta * weight_decay * ratio)
w = w - eta / (1 - pow(beta1, k)) * d
