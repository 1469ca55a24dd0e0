"""Makes the small graphs in fixtures/tensorflow/losses with the real TensorFlow: one model, and a loss, a way of applying
gradients or a schedule that differs from graph to graph.

Needs, from PyPI, tensorflow-cpu==2.15.1 and tf-slim==1.1.0. To run it:

    python make_tensorflow1_graphs.py FOLDER
"""

import os
import pathlib
import sys

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
import tf_slim as slim

tf1 = tf.compat.v1
tf1.disable_v2_behavior()
GD, MOMENTUM = tf1.train.GradientDescentOptimizer, tf1.train.MomentumOptimizer
L2 = tf.keras.regularizers.l2(0.025)


def net(batch=None, outputs=4, regularizer=L2):
    x = tf1.placeholder(tf.float32, [batch, 8])
    h = tf1.layers.dense(x, 6, activation=tf.tanh, name="ip1", kernel_regularizer=regularizer)
    return tf1.layers.dense(h, outputs, name="ip2", kernel_regularizer=regularizer)


def softmax(batch=None, **options):
    y = tf1.placeholder(tf.int64, [batch])
    return tf1.losses.sparse_softmax_cross_entropy(labels=y, logits=net(batch), **options)


def minimize(loss, optimizer=None):
    return (optimizer or GD(0.1)).minimize(loss, global_step=tf1.train.get_or_create_global_step())


def regularization():
    return tf1.losses.get_regularization_loss()


def clipped(clip):
    softmax()
    optimizer = GD(0.1)
    pairs = optimizer.compute_gradients(tf1.losses.get_total_loss())
    return optimizer.apply_gradients([(clip(g), v) for g, v in pairs])


def sum_over_batch():
    minimize(softmax(reduction=tf1.losses.Reduction.SUM) + regularization())


def half_of_data():
    minimize(0.5 * softmax() + regularization())


def twice_of_all():
    softmax()
    minimize(2.0 * tf1.losses.get_total_loss())


def half_of_penalties():
    minimize(softmax() + 0.5 * regularization())


def reduce_mean_by_hand():
    logits = net(regularizer=None)
    y = tf1.placeholder(tf.float32, [None, 4])
    loss = tf.reduce_mean(tf1.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=logits))
    minimize(loss + 0.0005 * sum(tf.nn.l2_loss(v) for v in tf1.trainable_variables() if "bias" not in v.name))


def fixed_batch():
    minimize(softmax(batch=16) + regularization())


def mean_of_squares():
    logits = net(outputs=3)
    minimize(tf.reduce_mean(tf1.squared_difference(logits, tf1.placeholder(tf.float32, [None, 3]))) + regularization())


def sigmoid_sum():
    logits = net(outputs=1)
    y = tf1.placeholder(tf.float32, [None, 1])
    minimize(tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits)) + regularization())


def unknown_loss():
    minimize(tf.reduce_mean(tf.abs(net() - tf1.placeholder(tf.float32, [None, 4]))) + regularization())


def clip_each_norm():
    clipped(lambda g: tf.clip_by_norm(g, 0.5))


def clip_values():
    clipped(lambda g: tf.clip_by_value(g, -0.5, 0.5))


def gradient_multipliers():
    # What slim's multiply_gradients does, which fails in TensorFlow 2.15.
    softmax()
    multipliers = {"ip1/bias": 2.0, "ip2/kernel": 0.1}
    optimizer = GD(0.1)
    pairs = optimizer.compute_gradients(tf1.losses.get_total_loss())
    optimizer.apply_gradients([(g * tf.constant(multipliers.get(v.op.name, 1.0)) if v.op.name in multipliers else g, v)
                               for g, v in pairs])


def scaled_weight():
    # The factor belongs to the model, and is no multiplier.
    w = tf1.get_variable("w", [8, 4])
    logits = tf.matmul(tf1.placeholder(tf.float32, [None, 8]), w * 3.0)
    minimize(tf1.losses.sparse_softmax_cross_entropy(labels=tf1.placeholder(tf.int64, [None]), logits=logits))


def one_penalty_added():
    minimize(softmax() + tf1.losses.get_regularization_losses()[0])


def some_variables():
    softmax()
    GD(0.1).minimize(tf1.losses.get_total_loss(), var_list=tf1.trainable_variables("ip2"))


def two_rates():
    softmax()
    loss = tf1.losses.get_total_loss()
    GD(0.1).minimize(loss, var_list=tf1.trainable_variables("ip1"))
    GD(0.01).minimize(loss, var_list=tf1.trainable_variables("ip2"))


def fed_rate():
    minimize(softmax(), GD(tf1.placeholder(tf.float32, [])))


def rate_in_a_variable():
    rate = tf1.get_variable("rate", [], initializer=tf1.constant_initializer(0.1), trainable=False)
    tf1.assign(rate, rate * 0.5)
    minimize(softmax(), GD(rate))


def warm_up():
    step = tf1.train.get_or_create_global_step()
    t = tf.cast(step, tf.float32)
    rate = tf.cond(step < 100, lambda: 0.1 * t / 100.0, lambda: tf1.train.exponential_decay(0.1, step, 1000, 0.5, staircase=True))
    softmax()
    minimize(tf1.losses.get_total_loss(), MOMENTUM(rate, 0.9))


def averages():
    op = minimize(softmax() + regularization())
    with tf.control_dependencies([op]):
        tf1.train.ExponentialMovingAverage(0.99).apply(tf1.trainable_variables())


def two_towers():
    # The mean of two copies' gradients: each copy's loss has its penalties.
    optimizer, towers = GD(0.1), []
    for i in range(2):
        with tf1.name_scope(f"tower_{i}"), tf1.variable_scope(tf1.get_variable_scope(), reuse=tf1.AUTO_REUSE):
            x = tf1.placeholder(tf.float32, [None, 8])
            logits = tf1.layers.dense(x, 4, name="ip1", reuse=tf1.AUTO_REUSE)
            y = tf1.placeholder(tf.int64, [None])
            loss = tf1.losses.sparse_softmax_cross_entropy(labels=y, logits=logits)
            kernel = next(v for v in tf1.trainable_variables() if "kernel" in v.name)
            penalty = 0.05 * tf.nn.l2_loss(kernel)
            tf1.add_to_collection(tf1.GraphKeys.REGULARIZATION_LOSSES, penalty)
            towers.append(optimizer.compute_gradients(loss + penalty))
    pairs = []
    for gs in zip(*towers):
        pairs.append((tf.reduce_mean(tf.stack([g for g, _ in gs]), 0), gs[0][1]))
    optimizer.apply_gradients(pairs)


def sums_of_gradients():
    softmax()
    optimizer = GD(0.1)
    pairs = optimizer.compute_gradients(tf1.losses.get_total_loss())
    kept = [tf1.get_variable(f"kept_{i}", g.shape, initializer=tf1.zeros_initializer(), trainable=False) for i, (g, _) in enumerate(pairs)]
    for k, (g, _) in zip(kept, pairs):
        tf1.assign_add(k, g)
    optimizer.apply_gradients([(k / 4.0, v) for k, (_, v) in zip(kept, pairs)])


def decay_by_hand():
    op = minimize(softmax(), MOMENTUM(0.1, 0.9))
    with tf.control_dependencies([op]):
        for v in tf1.trainable_variables():
            tf1.assign_sub(v, 0.001 * v)


def batch_norm():
    x = tf1.placeholder(tf.float32, [None, 8, 8, 3])
    h = tf1.layers.conv2d(x, 4, 3, use_bias=False, name="conv", kernel_regularizer=L2)
    h = tf.nn.relu(tf1.layers.batch_normalization(h, training=True, name="bn", gamma_regularizer=L2))
    logits = tf1.layers.dense(tf1.layers.flatten(h), 4, name="fc")
    tf1.losses.sparse_softmax_cross_entropy(labels=tf1.placeholder(tf.int64, [None]), logits=logits)
    minimize(tf1.losses.get_total_loss(), MOMENTUM(0.1, 0.9, use_nesterov=True))


def main(folder):
    cases = [sum_over_batch, half_of_data, twice_of_all, half_of_penalties, reduce_mean_by_hand, fixed_batch, mean_of_squares,
             sigmoid_sum, unknown_loss, clip_each_norm, clip_values, gradient_multipliers, scaled_weight, one_penalty_added,
             some_variables, two_rates, fed_rate, rate_in_a_variable, warm_up, averages, two_towers, sums_of_gradients,
             decay_by_hand, batch_norm]
    for case in cases:
        with tf1.Graph().as_default() as graph:
            case()
            meta = tf1.train.export_meta_graph(graph=graph, strip_default_attrs=True)
            # The list of all operations is larger than the graphs.
            meta.meta_info_def.ClearField("stripped_op_list")
            for node in meta.graph_def.node:
                node.ClearField("experimental_debug_info")
                if "value" in node.attr and node.attr["value"].tensor.tensor_content and len(node.attr["value"].tensor.tensor_content) > 1000:
                    node.attr["value"].tensor.tensor_content = b""
            (pathlib.Path(folder) / f"{case.__name__.replace('_', '-')}.meta").write_bytes(meta.SerializeToString())


if __name__ == "__main__":
    main(sys.argv[1])
