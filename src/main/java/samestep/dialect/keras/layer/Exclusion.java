package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.layer.KerasLayers.LayerParameter;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.write.KerasDecayWriter;
import samestep.finding.Code;
import samestep.text.pattern.NamePatterns;

/**
 * Which parameters {@code exclude_from_weight_decay} leaves out. Keras 3 looks for the expressions in {@code variable.name},
 * which is the path followed by ":0" on TensorFlow and the variable's own name on JAX and PyTorch. Source:
 * keras/src/optimizers/base_optimizer.py, _use_weight_decay, and backend/tensorflow/optimizer.py of Keras 3.15.1.
 */
public final class Exclusion {
    private final KerasObject optimizer;
    private final KerasGeneration generation;
    private final NamePatterns names;

    public Exclusion(KerasObject optimizer, KerasGeneration generation, NamePatterns names) {
        this.optimizer = optimizer;
        this.generation = generation;
        this.names = names;
    }

    /** Whether a parameter is left out, on TensorFlow where backends differ. */
    public boolean has(LayerParameter parameter) {
        String path = KerasReader.path(parameter);
        return contain(generation == KerasGeneration.ADDONS ? path : path + ":0");
    }

    private boolean onOthers(LayerParameter parameter) {
        String path = KerasReader.path(parameter);
        return contain(path.substring(path.lastIndexOf('/') + 1));
    }

    private boolean contain(String name) {
        return KerasReader.excludes(optimizer, KerasDecayWriter.EXCLUDED, names, name);
    }

    /** A finding where the backend decides what is left out. */
    public void explain(List<LayerParameter> parameters) {
        if (generation != KerasGeneration.KERAS_3) {
            return;
        }
        List<String> differing = new ArrayList<>();
        for (LayerParameter parameter : parameters) {
            if (!parameter.frozen() && has(parameter) != onOthers(parameter)) {
                differing.add(parameter.name().toString());
            }
        }
        if (!differing.isEmpty()) {
            String more = differing.size() == 1 ? "" : " and " + (differing.size() - 1) + " more";
            optimizer.report(
                    "weight_decay",
                    Code.SS142,
                    KerasDecayWriter.EXCLUDED + " depends on the backend: for " + differing.get(0) + more
                            + " TensorFlow looks into \"layer/variable:0\", JAX and PyTorch into \"variable\";"
                            + " taken as on TensorFlow");
        }
    }
}
