package samestep.dialect.pytorch.yacs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FlatChange;
import samestep.dialect.pytorch.form.FormChange;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.YamlMerge;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** detectron2's YAML: a file says what is otherwise than in its base, and than the defaults. */
public final class DetectronForm implements PytorchForm {
    static final String STYLE = "detectron2";

    private static final String BASE = "_BASE_";
    /** Bases of bases are read so deep. */
    private static final int DEEPEST = 20;

    private static final List<String> SECTIONS = List.of(
            BASE, "MODEL", "SOLVER", "DATASETS", "DATALOADER", "INPUT", "TEST", "OUTPUT_DIR", "SEED", "VERSION");

    /** What decides an update, and is not always written. */
    private static final List<String> OTHERS = List.of(
            "NESTEROV",
            "WEIGHT_DECAY_BIAS",
            "BIAS_LR_FACTOR",
            "CLIP_GRADIENTS",
            "RESCALE_INTERVAL",
            "BASE_LR_END",
            "OPTIMIZER");

    @Override
    public String describes() {
        return "detectron2 YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        boolean solver = ConfigurationText.mayBe(source, "SOLVER:", "BASE_LR:")
                || ConfigurationText.mayBe(source, "SOLVER:", "MAX_ITER:")
                || ConfigurationText.mayBe(source, BASE + ":", "MODEL:");
        return solver
                && !source.text().contains("OPTIMIZING_METHOD")
                && ConfigurationText.mapping(source).map(DetectronForm::isOne).orElse(false);
    }

    /** Others have a SOLVER with the same words and other defaults: one of detectron2's own marks is asked for. */
    private static boolean isOne(YamlMapping root) {
        Optional<YamlMapping> solver =
                root.get("SOLVER").filter(YamlMapping.class::isInstance).map(YamlMapping.class::cast);
        boolean marked = root.get("VERSION").isPresent()
                || root.get(BASE).isPresent()
                || root.get("MODEL").orElse(null) instanceof YamlMapping model
                        && model.get("WEIGHTS").isPresent();
        boolean own = marked
                && solver.map(s -> s.get("MAX_ITER").isPresent()
                                || s.get("BASE_LR").isPresent())
                        .orElse(false);
        boolean based = YamlValues.text(root, BASE)
                        .filter(base -> base.endsWith(".yaml") || base.endsWith(".yml"))
                        .isPresent()
                && root.get("MODEL").filter(YamlMapping.class::isInstance).isPresent();
        return own || based;
    }

    /** A base is a part of a configuration; of any other file nothing is taken, and nothing shown. */
    private static boolean isLayer(YamlMapping root) {
        return SECTIONS.stream().anyMatch(section -> root.get(section).isPresent());
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            List<Fields.Layer> layers = new ArrayList<>();
            layers.add(new Fields.Layer(source, root));
            bases(source, root, "", input.companions(), layers, findings);
            Fields fields = new Fields(layers, FormDefaults.of("detectron2"), findings);
            return Outcome.of(new DetectronReader(input, fields, findings).configuration(), findings);
        });
    }

    /** Each file's base is relative to its own folder. */
    private static void bases(
            SourceText source,
            YamlMapping root,
            String folder,
            Companions companions,
            List<Fields.Layer> layers,
            List<Finding> findings) {
        Set<String> met = new HashSet<>();
        SourceText at = source;
        YamlMapping here = root;
        String from = folder;
        while (YamlValues.text(here, BASE).isPresent() && layers.size() < DEEPEST) {
            String name = YamlValues.text(here, BASE).get();
            String reference = name.startsWith("/") ? name : from + name;
            Companions.Search search = companions.find(reference);
            Place place = new Place(at, here.entry(BASE).orElseThrow().value().span());
            Optional<YamlMapping> found =
                    search.found().flatMap(ConfigurationText::mapping).filter(DetectronForm::isLayer);
            search.refused(place, "the base").ifPresent(findings::add);
            if (found.isEmpty() || !met.add(search.found().get().name())) {
                Finding missing = Finding.at(
                        place,
                        Code.SS042,
                        "the base " + name + " is not there; what it says is taken from detectron2's defaults");
                findings.add(
                        search.lookedIn().isEmpty()
                                ? missing
                                : missing.detail("Looked in: " + String.join(", ", search.lookedIn())));
                return;
            }
            at = search.found().get();
            here = found.get();
            from = reference.contains("/") ? reference.substring(0, reference.lastIndexOf('/') + 1) : "";
            layers.add(new Fields.Layer(at, here));
        }
    }

    @Override
    public Optional<String> style() {
        return Optional.of(STYLE);
    }

    @Override
    public PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return DetectronWriter.sayable(configuration, findings);
    }

    @Override
    public String print(PytorchConfiguration sayable) {
        return DetectronWriter.print(sayable);
    }

    @Override
    public Optional<FormChange> change() {
        return Optional.of(DetectronForm::change);
    }

    private static void change(YamlMerge edits, YamlMapping here, YamlMapping wanted) {
        YamlMapping said = (YamlMapping) wanted.get("SOLVER").orElse(YamlMapping.EMPTY);
        boolean based = here.get(BASE).isPresent();
        if (here.get("SOLVER").orElse(null) instanceof YamlMapping solver) {
            FlatChange.make(edits, solver, said, FormDefaults.of("detectron2"), "SOLVER.", based, OTHERS);
        } else {
            edits.set(here, "SOLVER", said);
        }
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("detectron2"));
    }
}
