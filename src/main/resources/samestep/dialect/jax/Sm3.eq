# For a matrix the sum of squares of an entry is the smaller of its row's and its column's, and these are the largest in them.
optimizer jax.Sm3
source optax/_src/transform.py, scale_by_sm3
family sm3
trait learning rate: outside the state
trait epsilon: inside the root
trait state: starts at 0
hyper beta1 from b1
hyper beta2 from b2
hyper epsilon from eps
flag matrix
state r = 0
state c = 0
state v = 0
state m = 0
share = where(beta2 == 1, 1, 1 - beta2)
when matrix:
    v = share * g * g + beta2 * min(r, c)
    r = max(v, rows)
    c = max(v, columns)
otherwise:
    v = share * g * g + beta2 * v
m = beta1 * m + (1 - beta1) * where(v > 0, g / sqrt(v + epsilon), 0)
w = w - eta * m
