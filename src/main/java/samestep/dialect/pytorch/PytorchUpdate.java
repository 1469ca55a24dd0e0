package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.EquationFiles;
import samestep.dialect.pytorch.PytorchDefaults.Known;
import samestep.dialect.pytorch.PytorchValue.Flag;
import samestep.dialect.pytorch.PytorchValue.Many;
import samestep.dialect.pytorch.PytorchValue.Num;
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
final class PytorchUpdate {
    private static final EquationFiles EQUATIONS = new EquationFiles("pytorch");
    private static final String DECAY = "weight_decay";
    private static final String DECOUPLED = "decoupled_weight_decay";

    private final PytorchObject optimizer;
    private final Known known;
    private final Equations equations;
    private final List<Finding> findings;

    /**
     * @param optimizer with the arguments of the group
     * @param findings what is wrong with them goes here
     */
    PytorchUpdate(PytorchObject optimizer, Known known, List<Finding> findings) {
        this.optimizer = optimizer;
        this.known = known;
        this.equations = EQUATIONS.of(known.equations());
        this.findings = findings;
    }

    /** The stages of a parameter, in the order in which {@code step()} has them. */
    List<Stage> stages(ParameterName name) {
        unknownArguments();
        List<Stage> stages = new ArrayList<>();
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
        return stages;
    }

    private Optional<Stage> decay() {
        Quantity decay = number(DECAY);
        if (decay.isZero()) {
            return Optional.empty();
        }
        return Optional.of(
                isOn(DECOUPLED) ? new Stage.DecoupledDecay(decay) : new Stage.Penalty(Stage.Penalty.Norm.L2, decay));
    }

    private Quantity value(Equations.Hyper hyper, ParameterName name) {
        if (hyper.name().equals("matrix")) {
            boolean matrix = name.role() != Role.BIAS && name.role() != Role.GAMMA && name.role() != Role.BETA;
            return Quantity.byDefault(matrix ? "1" : "0", "the parameter's shape");
        }
        if (!hyper.flag()) {
            return number(hyper.field());
        }
        Optional<Place> place = place(hyper.field());
        String on = isOn(hyper.field()) ? "1" : "0";
        Quantity silent = Quantity.byDefault(on, byDefault(hyper.field()));
        return place.map(p -> new Quantity(silent.value(), p.text(), new Origin.Written(p)))
                .orElse(silent);
    }

    /** A number, or the default of the library. */
    Quantity number(String argument) {
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

    private boolean isOn(String argument) {
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

    /** PyTorch refuses an argument that a class does not have; a library's own may be one that is not read yet. */
    private void unknownArguments() {
        for (Map.Entry<String, PytorchValue> argument : optimizer.arguments().entrySet()) {
            String name = argument.getKey();
            boolean has = known.values().containsKey(name)
                    || known.values().containsKey(name + "[0]")
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
