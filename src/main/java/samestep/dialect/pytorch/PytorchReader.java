package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.dialect.pytorch.object.PytorchDefaults.Known;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchUpdate;
import samestep.dialect.pytorch.schedule.PytorchSchedules;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;
import samestep.text.Spelling;

/**
 * From what a file says to a recipe, whichever form the file has. What the training loop does to gradients comes first, then
 * the optimizer: it turns the gradient round where it maximizes, adds the decay, and updates.
 */
public final class PytorchReader {
    private final PytorchConfiguration configuration;
    private final Known known;
    private final List<Finding> findings;

    private PytorchReader(PytorchConfiguration configuration, Known known, List<Finding> findings) {
        this.configuration = configuration;
        this.known = known;
        this.findings = findings;
    }

    /** The recipe; empty where something would have to be left out. */
    static Outcome<Recipe> read(PytorchConfiguration configuration) {
        List<Finding> findings = new ArrayList<>();
        String classPath = configuration.optimizer().classPath();
        Optional<Known> known = PytorchDefaults.of(classPath);
        if (known.isEmpty()) {
            String own = configuration.optimizer().className();
            String near = Spelling.nearest(own, PytorchDefaults.names());
            // Another library's optimizer of the same name is another one, and no misspelling.
            boolean asked = !near.isEmpty() && !near.equalsIgnoreCase(own);
            String ask = asked ? "; did you mean " + near + "?" : "";
            Optional<Place> place = configuration.optimizer().place();
            return Outcome.failed(Finding.of(Code.SS010, "the optimizer " + classPath + " cannot be read yet" + ask)
                    .at(place));
        }
        Optional<Recipe> recipe = new PytorchReader(configuration, known.get(), findings).recipe();
        boolean usable = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        return new Outcome<>(recipe.filter(r -> usable), findings);
    }

    private Optional<Recipe> recipe() {
        Quantity base = new PytorchUpdate(configuration.optimizer(), known, findings).number("lr");
        Optional<Schedule> schedule =
                new PytorchSchedules(findings).of(configuration.scheduling(), base, configuration);
        List<Parameter> parameters = new ArrayList<>();
        for (ParameterName name : ParameterNames.all(configuration)) {
            parameters.add(parameter(name, base));
        }
        // One finding for each cause, though every parameter of a group asks.
        List<Finding> once = new ArrayList<>(new LinkedHashSet<>(findings));
        findings.clear();
        findings.addAll(once);
        return schedule.map(s -> new Recipe(configuration.library(), parameters, s, Recipe.Counting.UPDATES)
                .withBatchSize(configuration.batchSize())
                .withRule(configuration.rule())
                .withSettings(settings())
                .withUnknown(configuration.unknown()));
    }

    /** A run whose updates are known needs no epochs. */
    private Settings settings() {
        return configuration
                .settings()
                .and(configuration.epochs().number().stream()
                        .filter(epochs -> configuration.length().isEmpty())
                        .map(epochs -> Setting.ofRun(
                                SettingKind.EPOCHS,
                                new SettingValue.Number(epochs),
                                new Setting.Spelling(
                                        epochs.text().isEmpty() ? epochs.written() : epochs.text(),
                                        epochs.origin(),
                                        Convention.AS_IS)))
                        .toList());
    }

    private Parameter parameter(ParameterName name, Quantity base) {
        Optional<ParameterGroup> group = configuration.groups().stream()
                .filter(g -> g.members().have(name))
                .findFirst();
        PytorchObject optimizer =
                group.map(g -> configuration.optimizer().with(g.arguments())).orElse(configuration.optimizer());
        PytorchUpdate update = new PytorchUpdate(optimizer, known, findings);
        List<Stage> stages = new ArrayList<>();
        for (BeforeStep before : configuration.beforeStep()) {
            if (before.to().have(name)) {
                stages.add(before.stage());
            }
        }
        stages.addAll(update.stages(name));
        Optional<Place> place = optimizer.place();
        boolean frozen = configuration.frozen().contains(name);
        return new Parameter(name, multiplier(update, base), frozen, stages, place);
    }

    /** What the rate of a group is of the optimizer's. */
    private Quantity multiplier(PytorchUpdate update, Quantity base) {
        Quantity own = update.number("lr");
        if (PytorchSchedules.setsEveryRate(configuration.scheduling())) {
            return Quantity.byDefault("1", "the scheduler, which gives all groups one rate");
        }
        if (own.decimal().compareTo(base.decimal()) == 0) {
            return Quantity.byDefault("1", "no rate of its own");
        }
        if (!PytorchSchedules.isProportional(configuration.scheduling())) {
            findings.add(Finding.of(
                            Code.SS010,
                            "groups with rates of their own, and a schedule that ends at one rate for all: the groups'"
                                    + " rates are not in proportion then, which cannot be read yet")
                    .at(own.place()));
        }
        if (base.isZero()) {
            findings.add(Finding.of(Code.SS010, "a group with a rate of its own beside a rate of 0 cannot be read yet")
                    .at(own.place()));
            return own;
        }
        return own.derived(own.value().over(base.value()), "the group's lr / lr");
    }
}
