# The mean squares of rows and columns stand for those of entries where both sides of a matrix are long enough. The share that is kept is
# computed in single precision. The decay is not multiplied by the learning rate.
optimizer jax.Adafactor
source optax/_src/factorized.py, scale_by_factored_rms; optax/_src/alias.py, adafactor
family adafactor
trait learning rate: outside the state
trait state: starts at 0
hyper decay_power from decay_rate
hyper step_offset from decay_offset
hyper epsilon1 from eps
hyper clip_threshold from clipping_threshold
hyper epsilon2 from min_scale
hyper weight_decay from weight_decay_rate
hyper min_dim_size_to_factor
flag clipped
flag scale_parameter from multiply_by_parameter_scale
flag matrix
state r = 0
state c = 0
state v = 0
square = g * g + epsilon1
keep = f32(1 - f32(pow(k - step_offset, -f32(decay_power))))
v = keep * v + f32(1 - keep) * square
when matrix:
    r = keep * r + f32(1 - keep) * mean(square, rows)
    c = keep * c + f32(1 - keep) * mean(square, columns)
    sides = min(sum(1 + 0 * w, rows), sum(1 + 0 * w, columns))
    u = g / sqrt(where(sides >= min_dim_size_to_factor, r / mean(r, tensor) * c, v))
otherwise:
    u = g / sqrt(v)
when clipped:
    u = u / max(1, sqrt(mean(u * u, tensor)) / clip_threshold)
otherwise:
    u = u
when scale_parameter:
    size = max(epsilon2, sqrt(mean(w * w, tensor)))
otherwise:
    size = 1
w = w - eta * size * u - weight_decay * w
