package samestep.dialect.pytorch.mmengine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Entries;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.program.table.Values;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/** An optimizer's dict, {@code dict(type="SGD", lr=0.02)}, and the dict of a clip, as both libraries have them. */
final class OptimizerConfig {
    private static final String TYPE = "type";
    private static final Set<String> TORCH =
            Set.of("SGD", "Adam", "AdamW", "Adagrad", "RMSprop", "Adadelta", "Adamax", "NAdam", "RAdam");

    private final Entries config;
    private final List<Finding> findings;

    OptimizerConfig(Entries config, List<Finding> findings) {
        this.config = config;
        this.findings = findings;
    }

    /** The optimizer. Names without a package are those of torch.optim, as the registry has them. */
    PytorchObject object() {
        String type = config.text(TYPE).orElse("");
        if (type.isEmpty()) {
            findings.add(Finding.at(config.place(), Code.SS004, config.name(TYPE) + " is missing: which optimizer?"));
        }
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (String field : config.unasked()) {
            Value value = config.given(field).orElseThrow();
            Values.of(value, config.at(field))
                    .ifPresentOrElse(v -> arguments.put(field, v), () -> config.unknown(field, value));
        }
        String path = TORCH.contains(type)
                ? "torch.optim." + type
                : type.equals("Adafactor") ? "transformers." + type : "mmengine." + type;
        return new PytorchObject(path, arguments, Optional.of(config.place()));
    }

    /** The configuration of an optimizer with its groups. */
    static PytorchConfiguration configuration(
            String library, PytorchObject optimizer, Optional<Entries> paramwise, List<Finding> findings) {
        PytorchConfiguration whole = PytorchConfiguration.of(library, optimizer);
        return paramwise
                .map(p -> new Paramwise(p, optimizer.number("lr"), optimizer.number("weight_decay"), findings)
                        .with(whole))
                .orElse(whole);
    }

    /** The optimizer with another rate. */
    static PytorchObject withRate(PytorchObject optimizer, Quantity rate) {
        return optimizer.with("lr", new Num(rate));
    }

    /**
     * A clip. Its dict has the arguments of PyTorch's function, and in MMEngine the type, which is norm where none is written.
     */
    static Optional<BeforeStep> clip(Entries clip, List<Finding> findings) {
        return clip(clip, clip.text(TYPE).orElse("norm"), findings);
    }

    /** The clip of MMCV 1, which is by the norm; its dict has the arguments of PyTorch's function and no type. */
    static Optional<BeforeStep> clipByNorm(Entries clip, List<Finding> findings) {
        return clip(clip, "norm", findings);
    }

    private static Optional<BeforeStep> clip(Entries clip, String type, List<Finding> findings) {
        if (!type.equals("norm") && !type.equals("value")) {
            findings.add(
                    Finding.at(clip.at(TYPE), Code.SS004, clip.name(TYPE) + ": expected norm or value, found " + type));
            return Optional.empty();
        }
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (String field : clip.unasked()) {
            Value value = clip.given(field).orElseThrow();
            Values.of(value, clip.at(field))
                    .ifPresentOrElse(v -> arguments.put(field, v), () -> clip.unknown(field, value));
        }
        PytorchObject call =
                new PytorchObject("torch.nn.utils.clip_grad_" + type + "_", arguments, Optional.of(clip.place()));
        return GradientClips.read(call, findings).map(BeforeStep::all);
    }
}
