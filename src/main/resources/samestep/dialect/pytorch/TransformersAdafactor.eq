# A matrix keeps the mean square of its rows and of its columns only. With relative_step the rate is its own, and the decay is
# times that.
optimizer pytorch.TransformersAdafactor
source transformers/optimization.py, Adafactor.step and _get_lr
family adafactor
hyper decay_rate
hyper epsilon1 from eps[0]
hyper epsilon2 from eps[1]
hyper clip_threshold
hyper weight_decay
flag relative_step
flag warmup_init
flag scale_parameter
flag matrix
trait learning rate: outside the state
trait state: starts at 0
state r = 0
state c = 0
state v = 0
when warmup_init:
    most = 0.000001 * k
otherwise:
    most = 0.01
when relative_step:
    rate = min(most, 1 / sqrt(k))
otherwise:
    rate = eta
when scale_parameter:
    rate = rate * max(epsilon2, sqrt(mean(w * w, tensor)))
otherwise:
    rate = rate
square = g * g + epsilon1
keep = 1 - pow(k, decay_rate)
when matrix:
    r = keep * r + (1 - keep) * mean(square, rows)
    c = keep * c + (1 - keep) * mean(square, columns)
    u = g / sqrt(r / mean(r, tensor) * c)
otherwise:
    v = keep * v + (1 - keep) * square
    u = g / sqrt(v)
w = w * (1 - weight_decay * rate) - rate * u / max(1, sqrt(mean(u * u, tensor)) / clip_threshold)
