package samestep.dialect.pytorch.hydra;

import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.form.YamlMerge;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlValue;

/** Puts an optimizer, a scheduler and a trainer's settings into a document that describes objects by their classes. */
final class ObjectMerge {
    private static final List<String> TRAINER =
            List.of("gradient_clip_val", "gradient_clip_algorithm", "accumulate_grad_batches");

    private final YamlMerge edits;
    private final YamlMapping root;
    private final String key;
    private final ObjectDocument document;

    /**
     * @param root the document
     * @param key what names a class in it
     */
    ObjectMerge(YamlMerge edits, YamlMapping root, String key) {
        this.edits = edits;
        this.root = root;
        this.key = key;
        this.document = new ObjectDocument(root, key);
    }

    /** Changes the objects wherever they are in the document. */
    void merge(YamlMapping wanted) {
        ObjectDocument said = new ObjectDocument(wanted, key);
        object(document.optimizers().get(0), said.optimizers().get(0));
        if (!said.schedulers().isEmpty() && !document.schedulers().isEmpty()) {
            object(document.schedulers().get(0), said.schedulers().get(0));
        } else if (!said.schedulers().isEmpty()) {
            beside(wanted, said.schedulers().get(0));
        } else if (!document.schedulers().isEmpty()) {
            removeFrom(root, document.schedulers().get(0));
        }
        if (key.equals(HydraForm.KEY)) {
            wanted.get(HydraForm.INTERVAL).ifPresent(interval -> edits.set(root, HydraForm.INTERVAL, interval));
        }
        trainer(wanted);
    }

    /** The class, and the arguments that it is given; others are taken away. */
    private void object(YamlMapping here, YamlMapping wanted) {
        wanted.get(key).ifPresent(path -> className(here, path));
        boolean apart = key.equals(LightningForm.KEY);
        Optional<YamlValue> arguments = apart ? wanted.get("init_args") : Optional.of(wanted);
        YamlMapping said = arguments
                .filter(YamlMapping.class::isInstance)
                .map(YamlMapping.class::cast)
                .orElse(YamlMapping.EMPTY);
        if (apart && !(here.get("init_args").orElse(null) instanceof YamlMapping)) {
            edits.set(here, "init_args", said);
            return;
        }
        YamlMapping given = apart ? (YamlMapping) here.get("init_args").orElseThrow() : here;
        for (YamlEntry entry : given.entries()) {
            boolean own = entry.name().startsWith("_")
                    || entry.name().equals(key)
                    || PytorchDefaults.WITHOUT_EFFECT.contains(entry.name());
            if (!own && said.get(entry.name()).isEmpty()) {
                edits.remove(given, entry.name());
            }
        }
        for (YamlEntry entry : said.entries()) {
            if (!entry.name().startsWith("_")) {
                edits.set(given, entry.name(), entry.value());
            }
        }
    }

    /** A bare name, or another path to the same class, stays. */
    private void className(YamlMapping here, YamlValue wanted) {
        Optional<String> given = YamlValues.text(here, key);
        String path = ((YamlScalar) wanted).text();
        boolean same = given.flatMap(PytorchDefaults::of)
                .filter(known -> PytorchDefaults.of(path).filter(known::equals).isPresent())
                .isPresent();
        if (!same) {
            edits.set(here, key, wanted);
        }
    }

    /** A scheduler comes where the optimizer is. */
    private void beside(YamlMapping wanted, YamlMapping scheduler) {
        String name = wanted.entries().stream()
                .filter(entry -> entry.value() == scheduler)
                .map(YamlEntry::name)
                .findFirst()
                .orElse("lr_scheduler");
        edits.set(parent(root, document.optimizers().get(0)).orElse(root), name, scheduler);
    }

    private void removeFrom(YamlMapping mapping, YamlMapping value) {
        parent(mapping, value)
                .ifPresent(parent -> parent.entries().stream()
                        .filter(entry -> entry.value().resolved() == value)
                        .findFirst()
                        .ifPresent(entry -> edits.remove(parent, entry.name())));
    }

    private static Optional<YamlMapping> parent(YamlMapping mapping, YamlMapping value) {
        for (YamlEntry entry : mapping.entries()) {
            if (entry.value().resolved() == value) {
                return Optional.of(mapping);
            }
            if (entry.value().resolved() instanceof YamlMapping inner) {
                Optional<YamlMapping> found = parent(inner, value);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private void trainer(YamlMapping wanted) {
        YamlMapping said =
                wanted.get("trainer").orElse(null) instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
        if (root.get("trainer").orElse(null) instanceof YamlMapping here) {
            TRAINER.stream().filter(name -> said.get(name).isEmpty()).forEach(name -> edits.remove(here, name));
            edits.merge(here, said);
        } else if (!said.entries().isEmpty()) {
            edits.set(root, "trainer", said);
        }
    }
}
