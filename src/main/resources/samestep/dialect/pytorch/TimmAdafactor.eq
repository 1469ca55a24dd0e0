# A matrix whose both sides are longer than min_dim_size_to_factor keeps the mean square of its rows and of its columns only. A
# matrix has two sides here: of a convolution's kernel, the sides that timm picks.
optimizer pytorch.TimmAdafactor
source timm/optim/adafactor.py, Adafactor.step
family adafactor
trait learning rate: outside the state
trait state: starts at 0
hyper decay_rate
hyper epsilon1 from eps
hyper clip_threshold
hyper weight_decay
hyper min_dim_size_to_factor
flag matrix
state r = 0
state c = 0
state v = 0
square = g * g + epsilon1
keep = 1 - pow(k, decay_rate)
v = v + (1 - keep) * (square - v)
when matrix:
    r = r + (1 - keep) * (mean(square, rows) - r)
    c = c + (1 - keep) * (mean(square, columns) - c)
    sides = min(sum(1 + 0 * w, rows), sum(1 + 0 * w, columns))
    u = g / sqrt(where(sides > min_dim_size_to_factor, r / mean(r, tensor) * c, v))
otherwise:
    u = g / sqrt(v)
w = w * (1 - weight_decay * eta) - eta * u / max(1, sqrt(mean(u * u, tensor)) / clip_threshold)
