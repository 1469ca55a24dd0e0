package samestep.dialect.pytorch.form;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.EquationFiles;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.dialect.pytorch.object.PytorchDefaults.Known;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.LeftOver;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/** Writes the optimizer of a family with its hyper-parameters. */
public final class OptimizerWriter {
    private static final EquationFiles EQUATIONS = new EquationFiles("pytorch");
    /** The class of each family of equations. */
    private static final Map<String, String> CLASSES = Map.of(
            "momentum", "SGD",
            "nesterov", "SGD",
            "adagrad", "Adagrad",
            "rmsprop", "RMSprop",
            "adadelta", "Adadelta",
            "adam", "Adam",
            "adamax", "Adamax",
            "nadam", "NAdam",
            "radam", "RAdam");
    /** SGD with the rate in its velocity: a class of the Python text. */
    public static final String RATE_IN_VELOCITY = "samestep.RateInVelocitySGD";

    private final Stage.Optimizer source;
    private final boolean verbatim;
    private final PytorchNumbers numbers;
    private final List<Finding> findings;

    public OptimizerWriter(Stage.Optimizer source, boolean verbatim, PytorchNumbers numbers, List<Finding> findings) {
        this.source = source;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
    }

    /** The equations of the class for a family; empty where PyTorch has none. */
    public static Optional<Equations> equations(Stage.Optimizer source) {
        return PytorchDefaults.of(
                        "torch.optim." + CLASSES.getOrDefault(source.equations().family(), ""))
                .map(known -> EQUATIONS.of(known.equations()));
    }

    /** Whether the class of the Python text stands for an optimizer. */
    public static boolean hasClassWithRate(Stage.Optimizer source) {
        return CLASSES.getOrDefault(source.equations().family(), "").equals("SGD");
    }

    /** The ways of writing epsilon that are worth trying. */
    public static List<EpsilonMove.Choice> epsilons(Recipe recipe) {
        return EpsilonMove.choices(recipe, OptimizerWriter::equations);
    }

    /**
     * The optimizer; empty, with a finding, when PyTorch has none of that family.
     *
     * @param decoupled whether weights shrink beside their gradients
     * @param inVelocity whether to write the class of the Python text
     */
    public Optional<PytorchObject> write(
            PytorchValue rate, boolean decoupled, boolean inVelocity, EpsilonMove.Choice epsilon) {
        String family = source.equations().family();
        String className = CLASSES.getOrDefault(family, "");
        String path = inVelocity
                ? RATE_IN_VELOCITY
                : "torch.optim." + (decoupled && className.equals("Adam") ? "AdamW" : className);
        Optional<Known> known = PytorchDefaults.of(path);
        if (className.isEmpty() || known.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS204,
                    "PyTorch has no optimizer like " + source.equations().name()));
            return Optional.empty();
        }
        PytorchObject optimizer = PytorchObject.of(path).with("lr", rate);
        Equations target = EQUATIONS.of(known.get().equations());
        for (Equations.Hyper hyper : target.hypers()) {
            // A flag that follows from other arguments cannot be written.
            if (!hyper.flag() || known.get().values().containsKey(hyper.field())) {
                optimizer = hyper(optimizer, target, hyper, epsilon);
            }
        }
        if (decoupled && List.of("NAdam", "RAdam").contains(className)) {
            optimizer = optimizer.with("decoupled_weight_decay", new Flag(true, Optional.empty()));
        }
        if (!verbatim) {
            String name = "PyTorch's " + target.name().replace("pytorch.", "");
            findings.addAll(LeftOver.hypers(name, target, source));
        }
        return Optional.of(optimizer);
    }

    private PytorchObject hyper(
            PytorchObject optimizer, Equations target, Equations.Hyper hyper, EpsilonMove.Choice epsilon) {
        String field = hyper.field();
        if (hyper.flag()) {
            boolean on = isOn(hyper.name())
                    || hyper.name().equals("nesterov")
                            && source.equations().family().equals("nesterov");
            // PyTorch refuses Nesterov's momentum without a momentum; that is the plain step.
            boolean isRefused = hyper.name().equals("nesterov")
                    && given("momentum").map(Quantity::isZero).orElse(true);
            return on && !isRefused ? optimizer.with(field, new Flag(true, Optional.empty())) : optimizer;
        }
        if (field.endsWith("[0]")) {
            return betas(optimizer, field.substring(0, field.length() - 3), target);
        }
        Optional<Quantity> given = given(hyper.name()).or(() -> silent(hyper.name()));
        if (given.isEmpty() || field.endsWith("]") || hyper.name().equals("sma_threshold")) {
            return optimizer;
        }
        boolean zero = given.get().isZero()
                && List.of("momentum", "dampening", "lr_decay").contains(field);
        Quantity value = hyper.name().equals("epsilon") ? epsilon(given.get(), target, epsilon) : given.get();
        return zero ? optimizer : optimizer.with(field, numbers.number(value));
    }

    private PytorchObject betas(PytorchObject optimizer, String field, Equations target) {
        List<PytorchValue> values = target.hypers().stream()
                .filter(h -> h.field().startsWith(field + "["))
                .flatMap(h -> given(h.name()).stream())
                .<PytorchValue>map(numbers::number)
                .toList();
        return values.size() == 2 ? optimizer.with(field, new Many(values, Optional.empty())) : optimizer;
    }

    private Optional<Quantity> given(String hyper) {
        // A verbatim copy has only the numbers that are written in the source.
        return Optional.ofNullable(source.values().get(hyper))
                .filter(q -> !verbatim || q.origin() instanceof Origin.Written);
    }

    /** What the source has built in, and PyTorch an argument for, with another default. */
    private Optional<Quantity> silent(String hyper) {
        if (!hyper.equals("schedule_decay") || verbatim) {
            return Optional.empty();
        }
        findings.add(Finding.of(
                Code.SS202,
                source.equations().name()
                        + " lets its momentum grow with every update, PyTorch with 0.004 of one by default:"
                        + " momentum_decay 1.0 is written"));
        return Optional.of(Quantity.byDefault("1", "the growth of the momentum"));
    }

    private boolean isOn(String hyper) {
        return Optional.ofNullable(source.values().get(hyper))
                .map(q -> !q.isZero())
                .orElse(false);
    }

    private Quantity epsilon(Quantity given, Equations target, EpsilonMove.Choice choice) {
        EpsilonMove move = EpsilonMove.of(source, target);
        if (!verbatim) {
            move.finding(source, "PyTorch", given, choice).ifPresent(findings::add);
        }
        return move.written(given, choice);
    }
}
