# Every lookahead_k updates, the weights go back to the line between where they were then and where they are now. The first
# time there is nothing to go back to.
optimizer pytorch.Lookahead
source timm/optim/lookahead.py, Lookahead.step and update_slow
family lookahead
trait learning rate: outside the state
trait state: starts at 0
hyper lookahead_alpha
hyper lookahead_k
state slow = 0
turn = where(k - lookahead_k * floor(k / lookahead_k) > 0, 0, 1)
slow = where(turn > 0, where(k > lookahead_k, slow + lookahead_alpha * (w - slow), w), slow)
w = where(turn > 0, slow, w)
