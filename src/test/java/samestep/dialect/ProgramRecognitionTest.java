package samestep.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.text.SourceText;

/** A program with a training is found by its words, wherever in a long file they are. */
class ProgramRecognitionTest {
    private static final String OTHER = "def area(width, height):\n    return width * height\n\n\n".repeat(1000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jax     | import optax;tx = optax.adam(1e-3)",
                "jax     | def get_config():;  c.optax_name = 'scale_by_adam'",
                "caffe   | from caffe.proto import caffe_pb2;s = caffe_pb2.SolverParameter()",
                "keras   | import keras;model.compile('sgd', 'mse')",
                "keras   | import tensorflow as tf;o = tf.keras.optimizers.Adam()",
                "keras   | import tf_keras;o = tf_keras.optimizers.Adam()",
                "pytorch | import torch;o = torch.optim.SGD(p, 0.1)",
                "pytorch | import pytorch_lightning as pl;def configure_optimizers(self): pass",
                "pytorch | import timm;o = timm.optim.create_optimizer(args, model)",
                "pytorch | from transformers import TrainingArguments;a = TrainingArguments('x', weight_decay=0.1)",
                "pytorch | from apex.optimizers import FusedAdam;o = FusedAdam(p)",
                "pytorch | _base_ = ['../schedules/1x.py']",
                "pytorch | with read_base():;    from .base import *",
                "pytorch | optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1))",
                "pytorch | lr_config = dict(policy='step')",
                "pytorch | optimizer_config = dict(grad_clip=None)",
                "tensorflow | import tensorflow as tf;o = tf.train.AdamOptimizer(0.1)",
                "tensorflow | import tf_slim as slim;slim.l2_regularizer(0.1)",
                "tensorflow | from tensorpack import *;regularize_cost('fc.*', l2_regularizer(1e-4))"
            })
    void aTrainingIsFoundAmongOtherCode(String framework, String program) {
        String text = program.replace(';', '\n') + "\n";
        for (String file : new String[] {text, OTHER + text, text + OTHER, OTHER + text + OTHER}) {
            assertEquals(
                    Optional.of(framework),
                    Dialects.recognise(new SourceText("train.py", file)).map(Dialect::name),
                    text);
        }
    }

    @Test
    void librariesThatAreNotReadAreNamed() {
        for (String library : new String[] {"mxnet", "tensorpack"}) {
            SourceText source = new SourceText("train.py", OTHER + "import " + library + "\n" + OTHER);
            assertEquals(
                    Optional.of("a" + (library.startsWith("m") ? "n MXNet" : " tensorpack") + " program"),
                    UnsupportedForms.of(source));
        }
    }

    @Test
    void otherCodeIsNoTraining() {
        assertEquals(
                Optional.empty(),
                Dialects.recognise(new SourceText("area.py", OTHER)).map(Dialect::name));
    }
}
