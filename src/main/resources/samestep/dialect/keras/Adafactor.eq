# A matrix keeps the mean square of its rows and of its columns only; a vector that of each entry.
optimizer keras.Adafactor
source keras/src/optimizers/adafactor.py of 2.15, Adafactor.update_step
family adafactor
trait learning rate: outside the state
trait state: starts at 0
hyper beta_2_decay
hyper epsilon1 from epsilon_1
hyper epsilon2 from epsilon_2
hyper clip_threshold
flag relative_step
flag matrix
state r = 0
state c = 0
state v = 0
when relative_step:
    rate = min(eta, 1 / sqrt(k))
otherwise:
    rate = eta
size = max(epsilon2, sqrt(mean(w * w, tensor)))
square = g * g + epsilon1
keep = 1 - pow(k, beta_2_decay)
when matrix:
    r = keep * r + (1 - keep) * mean(square, rows)
    c = keep * c + (1 - keep) * mean(square, columns)
    u = g / sqrt(r / mean(r, tensor) * c)
otherwise:
    v = keep * v + (1 - keep) * square
    u = g / sqrt(v)
w = w - size * rate * u / max(1, sqrt(mean(u * u, tensor)) / clip_threshold)
