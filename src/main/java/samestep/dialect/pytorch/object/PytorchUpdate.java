package samestep.dialect.pytorch.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.EquationFiles;
import samestep.dialect.pytorch.object.PytorchDefaults.Known;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.text.Spelling;

/** What an optimizer's {@code step()} does to the parameters of one group. */
public final class PytorchUpdate {
    private static final EquationFiles EQUATIONS = new EquationFiles("pytorch");
    private static final String DECAY = "weight_decay";
    private static final String MAX_NORM = "max_grad_norm";
    private static final String LOOKAHEAD = "lookahead";
    private static final Set<Role> VECTORS = Set.of(Role.BIAS, Role.GAMMA, Role.BETA, Role.ALPHA);
    private static final String DECOUPLED = "decoupled_weight_decay";

    private final PytorchObject optimizer;
    private final Known known;
    private final Equations equations;
    private final List<Finding> findings;

    /**
     * @param optimizer with the arguments of the group
     * @param findings what is wrong with them goes here
     */
    public PytorchUpdate(PytorchObject optimizer, Known known, List<Finding> findings) {
        this.optimizer = optimizer;
        this.known = known;
        this.equations = EQUATIONS.of(known.equations());
        this.findings = findings;
    }

    /** The stages of a parameter, in the order in which {@code step()} has them. */
    public List<Stage> stages(ParameterName name) {
        unknownArguments();
        unreadable();
        List<Stage> stages = new ArrayList<>(ownClip());
        if (isOn("maximize")) {
            stages.add(new Stage.Scale(
                    new Quantity(Expression.literal(-1), "", new Origin.Derived("maximize", place("maximize")))));
        }
        if (equations.hyper(DECAY).isEmpty()) {
            decay().ifPresent(stages::add);
        }
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            values.put(hyper.name(), value(hyper, name));
        }
        stages.add(new Stage.Optimizer(equations, values));
        lookahead().ifPresent(stages::add);
        return stages;
    }

    /** timm's Lamb clips all gradients together, unless it is given {@code None}. Source: timm/optim/lamb.py. */
    private List<Stage> ownClip() {
        boolean clips = known.values().containsKey(MAX_NORM)
                && !(optimizer.arguments().get(MAX_NORM) instanceof PytorchValue.Nothing);
        return clips ? List.of(new Stage.Clip(Stage.Clip.Kind.GLOBAL_NORM, number(MAX_NORM))) : List.of();
    }

    /** What timm's wrapper does to the weights after the optimizer that it wraps. */
    private Optional<Stage> lookahead() {
        Optional<Quantity> every = optimizer.number(LOOKAHEAD + "_k");
        Optional<Quantity> share = optimizer.number(LOOKAHEAD + "_alpha");
        return every.isPresent() && share.isPresent()
                ? Optional.of(new Stage.Optimizer(
                        EQUATIONS.of("Lookahead"),
                        Map.of(LOOKAHEAD + "_k", every.get(), LOOKAHEAD + "_alpha", share.get())))
                : Optional.empty();
    }

    private Optional<Stage> decay() {
        Quantity decay = number(DECAY);
        if (decay.isZero()) {
            return Optional.empty();
        }
        return Optional.of(
                isDecoupled() ? new Stage.DecoupledDecay(decay) : new Stage.Penalty(Stage.Penalty.Norm.L2, decay));
    }

    /** timm's own classes have a shorter word for it. */
    private boolean isDecoupled() {
        return isOn(DECOUPLED) || isOn("decoupled_decay");
    }

    private Quantity value(Equations.Hyper hyper, ParameterName name) {
        if (!hyper.flag()) {
            return number(hyper.field());
        }
        Optional<Boolean> derived = derived(hyper.name(), name);
        if (derived.isPresent()) {
            return Quantity.byDefault(derived.get() ? "1" : "0", "what follows from the arguments and the parameter");
        }
        Optional<Place> place = place(hyper.field());
        String on = isOn(hyper.field()) ? "1" : "0";
        Quantity silent = Quantity.byDefault(on, byDefault(hyper.field()));
        return place.map(p -> new Quantity(silent.value(), p.text(), new Origin.Written(p)))
                .orElse(silent);
    }

    /** Flags that are not arguments. */
    private Optional<Boolean> derived(String flag, ParameterName name) {
        return switch (flag) {
            case "matrix" -> Optional.of(!VECTORS.contains(name.role()));
            case "adapted" -> Optional.of(!number(DECAY).isZero() || isOn("always_adapt"));
            // torch and timm look at the dampening inside "if momentum != 0" only.
            case "undamped" ->
                Optional.of(number("momentum").isZero() && !number("dampening").isZero());
            case "uncorrected" -> Optional.of(!isOn("correct_bias"));
            default -> Optional.empty();
        };
    }

    /** A number, or the default of the library. */
    public Quantity number(String argument) {
        String name = argument.replaceAll("\\[.*", "");
        Optional<Quantity> given = optimizer.number(argument);
        boolean wrong = optimizer.get(name).isPresent() && given.isEmpty();
        if (wrong) {
            findings.add(Finding.of(
                            Code.SS004,
                            optimizer.className() + "." + name + ": expected "
                                    + (name.equals(argument) ? "a number" : "a list of numbers")
                                    + place(name)
                                            .map(p -> ", found " + shown(p))
                                            .orElse(""))
                    .at(place(name)));
        }
        boolean needed = known.values().getOrDefault(argument, "0").equals("None");
        if (given.isEmpty() && needed) {
            findings.add(Finding.of(Code.SS010, known.className() + " without " + argument + " cannot be read yet")
                    .at(optimizer.place()));
            return Quantity.byDefault("1", byDefault(argument));
        }
        return given.orElseGet(
                () -> Quantity.byDefault(known.values().getOrDefault(argument, "0"), byDefault(argument)));
    }

    private static String shown(Place place) {
        String text = place.text();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private String byDefault(String argument) {
        return known.owner() + "'s default of " + argument;
    }

    /** Whether a flag is on, by its argument or by default. */
    boolean isOn(String argument) {
        PytorchValue value = optimizer.get(argument).orElse(null);
        if (value instanceof Flag flag) {
            return flag.on();
        }
        return value instanceof Num number
                ? !number.quantity().isZero()
                : known.values().getOrDefault(argument, "0").equals("1");
    }

    private Optional<Place> place(String argument) {
        return optimizer.get(argument).flatMap(PytorchValue::place);
    }

    /** Values for which the equations are not written. */
    private void unreadable() {
        known.only().forEach((argument, only) -> {
            boolean silent = optimizer.get(argument).isEmpty()
                    && optimizer.get(argument + "s").isEmpty();
            boolean readable = only.equals("None") ? silent : isOn(argument) == only.equals("1");
            if (!readable) {
                findings.add(Finding.of(
                                Code.SS010,
                                known.owner() + "'s " + known.className() + " with " + argument
                                        + (only.equals("1") ? " off" : "") + " cannot be read yet")
                        .at(place(argument).or(optimizer::place)));
            }
        });
    }

    /** PyTorch refuses an argument that a class does not have; a library's own may be one that is not read yet. */
    private void unknownArguments() {
        for (Map.Entry<String, PytorchValue> argument : optimizer.arguments().entrySet()) {
            String name = argument.getKey();
            boolean has = known.values().containsKey(name)
                    || known.values().containsKey(name + "[0]")
                    || name.startsWith(LOOKAHEAD)
                    || PytorchDefaults.WITHOUT_EFFECT.contains(name);
            boolean none = argument.getValue() instanceof PytorchValue.Nothing
                    || argument.getValue() instanceof Flag flag && !flag.on()
                    || argument.getValue() instanceof Many many && many.values().isEmpty();
            if (!has && !none) {
                String near = Spelling.nearest(name, known.values().keySet());
                findings.add(Finding.of(
                                Code.SS004,
                                known.className() + " has no argument " + name
                                        + (near.isEmpty() ? "" : "; did you mean " + near + "?"))
                        .at(argument.getValue().place()));
            }
        }
    }
}
