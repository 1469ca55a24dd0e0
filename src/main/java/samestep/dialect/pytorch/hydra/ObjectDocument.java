package samestep.dialect.pytorch.hydra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;

/** The optimizers and schedulers in a document that describes objects by their classes. */
final class ObjectDocument {
    /** No optimizer is nested deeper than this. */
    private static final int DEEPEST = 6;

    private static final Set<String> SCHEDULERS = Set.of(
            "StepLR",
            "MultiStepLR",
            "ExponentialLR",
            "LambdaLR",
            "MultiplicativeLR",
            "PolynomialLR",
            "CosineAnnealingLR",
            "CosineAnnealingWarmRestarts",
            "LinearLR",
            "ConstantLR",
            "SequentialLR",
            "ChainedScheduler",
            "CyclicLR",
            "OneCycleLR",
            "ReduceLROnPlateau");

    private final String key;
    private final List<YamlMapping> optimizers = new ArrayList<>();
    private final List<YamlMapping> schedulers = new ArrayList<>();
    private final List<YamlValue> nameless = new ArrayList<>();

    /**
     * @param root the document
     * @param key what names a class in it
     */
    ObjectDocument(YamlMapping root, String key) {
        this.key = key;
        look(root, 0);
    }

    /** What names a scheduler is one, whatever its class. */
    private static final Set<String> FIELDS = Set.of("scheduler", "lr_scheduler", "schedulers", "lr_schedulers");

    private void look(YamlValue value, int depth) {
        look(value, depth, false);
    }

    private void look(YamlValue value, int depth, boolean isSchedulers) {
        if (depth > DEEPEST) {
            return;
        }
        if (value instanceof YamlMapping mapping) {
            Optional<String> path = YamlValues.text(mapping, key);
            boolean isOptimizer = path.filter(ObjectDocument::isOptimizer).isPresent();
            if (path.filter(ObjectDocument::isScheduler).isPresent()
                    || isSchedulers && path.isPresent() && !isOptimizer) {
                schedulers.add(mapping);
                return;
            }
            if (isOptimizer) {
                optimizers.add(mapping);
                return;
            }
            mapping.visible().forEach(entry -> look(entry, depth));
        } else if (value instanceof YamlSequence sequence) {
            sequence.values().forEach(element -> look(element, depth + 1, isSchedulers));
        }
    }

    private void look(YamlEntry entry, int depth) {
        YamlValue value = entry.value().resolved();
        boolean isSchedulers = FIELDS.contains(entry.name());
        int before = schedulers.size() + optimizers.size();
        if (!(value instanceof YamlScalar)) {
            look(value, depth + 1, isSchedulers);
        }
        if (isSchedulers && schedulers.size() + optimizers.size() == before && !isNone(value)) {
            nameless.add(value);
        }
    }

    private static boolean isNone(YamlValue value) {
        return value.isNull()
                || value instanceof YamlMapping mapping && mapping.visible().isEmpty()
                || value instanceof YamlSequence sequence && sequence.values().isEmpty();
    }

    private static String className(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static boolean isScheduler(String path) {
        return SCHEDULERS.contains(className(path))
                || path.contains("lr_scheduler")
                || className(path).endsWith("_schedule_with_warmup");
    }

    private static boolean isOptimizer(String path) {
        return path.startsWith("torch.optim.")
                || path.contains(".optim.") && className(path).matches("[A-Z].*")
                || PytorchDefaults.isOptimizer(path);
    }

    /** Every optimizer, in the order of the document. */
    List<YamlMapping> optimizers() {
        return optimizers;
    }

    /** Every scheduler, in the order of the document. */
    List<YamlMapping> schedulers() {
        return schedulers;
    }

    /** What a scheduler's field says where it names no class. */
    List<YamlValue> nameless() {
        return nameless;
    }
}
