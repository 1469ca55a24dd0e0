package samestep.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.text.SourceText;

/** From the bytes of a file to what it means: a recipe or findings, and never an exception. */
class ReadingFuzzTest {
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();

    private static final SourceText SOLVER =
            new SourceText("solver.prototxt", "base_lr: 0.1 lr_policy: 'fixed' weight_decay: 0.1");

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    @DictionaryFile(resourcePath = "caffe.dict")
    void aSolverIsReadOrRefused(byte[] bytes) {
        ReadingLaws.text("solver.prototxt", bytes)
                .ifPresent(solver -> ReadingLaws.assertReadOrRefused(CAFFE, Input.of(solver)));
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    @DictionaryFile(resourcePath = "caffe.dict")
    void aNetIsReadOrRefused(byte[] bytes) {
        ReadingLaws.text("net.prototxt", bytes)
                .ifPresent(net -> ReadingLaws.assertReadOrRefused(CAFFE, Input.of(SOLVER, net)));
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    @DictionaryFile(resourcePath = "keras.dict")
    void aKerasFileIsReadOrRefused(byte[] bytes) {
        ReadingLaws.text("model.json", bytes)
                .ifPresent(model -> ReadingLaws.assertReadOrRefused(KERAS, Input.of(model)));
    }

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    @DictionaryFile(resourcePath = "pytorch.dict")
    void aYamlOfPytorchIsReadOrRefused(byte[] bytes) {
        ReadingLaws.text("config.yaml", bytes)
                .ifPresent(file -> ReadingLaws.assertReadOrRefused(PYTORCH, Input.of(file)));
    }
}
