# The weights are an average of a dual average, which starts at the initial weights. The small number is added to the rate too.
optimizer pytorch.MADGRAD
source timm/optim/madgrad.py, MADGRAD.step
family madgrad
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
hyper guard from eps
state start = 0
state h = 0
state s = 0
start = where(first > 0, w_old, start)
rate = (eta + guard) * sqrt(k)
origin = where(momentum > 0, start, w + s / (pow(h, 1 / 3) + guard))
h = h + rate * g * g
s = s + rate * g
z = origin - s / (pow(h, 1 / 3) + guard)
w = momentum * w + (1 - momentum) * z
