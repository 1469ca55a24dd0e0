# In words of the mean gradient: Darknet sums the gradients of batch images, and divides the rate by the batch. The decay that
# is added to the sum is times the batch, so the batch cancels. Biases and scales have the same update without the decay.
optimizer darknet.SGD
source src/convolutional_layer.c, update_convolutional_layer; src/connected_layer.c, update_connected_layer
family momentum
trait learning rate: outside the state
trait state: starts at 0
hyper momentum
state velocity = 0
velocity = momentum * velocity + g
w = w - eta * velocity
