package samestep.equation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import samestep.equation.print.EquationPrinter;

/**
 * What one stage of a training step does to a weight: the parsed form of an equation file.
 *
 * @param name dotted, for example {@code caffe.SGD}
 * @param source where to find the framework's own code that this follows
 * @param family the field's name of the algorithm, such as {@code adam}; empty for stages that are not optimizers
 * @param traits what people compare, in words, by subject ({@code learning rate}, {@code epsilon}, ...); a test probes
 *     the equations and holds these to them
 * @param hypers the hyper-parameters, in order
 * @param states what is kept from one update to the next
 * @param step run once an update, before all tensors
 * @param parameter run for each tensor in declared order, before the body
 * @param body run for each tensor
 */
public record Equations(
        String name,
        String source,
        String family,
        Map<String, String> traits,
        List<Hyper> hypers,
        List<State> states,
        List<Statement> step,
        List<Statement> parameter,
        List<Statement> body) {

    /**
     * A hyper-parameter.
     *
     * @param name the field's term, for example {@code beta1}: two optimizers of a family share it
     * @param field the framework's own name of it, for example {@code momentum}
     * @param flag whether it is true or false rather than a number
     */
    public record Hyper(String name, String field, boolean flag) {}

    /**
     * Something kept between updates.
     *
     * @param extent {@code ELEMENT}: one value an entry; {@code TENSOR}, {@code GROUP}, {@code ALL}: one number
     * @param initial its value before the first update; may use hyper-parameters, {@code w} and the first {@code g}
     */
    public record State(String name, Extent extent, Expression initial) {}

    /** Copies the collections. */
    public Equations {
        traits = Map.copyOf(traits);
        hypers = List.copyOf(hypers);
        states = List.copyOf(states);
        step = List.copyOf(step);
        parameter = List.copyOf(parameter);
        body = List.copyOf(body);
    }

    /** Whether a tensor's update looks at other tensors, as a norm of all gradients does. */
    public boolean reachBeyondTensor() {
        return reductions().stream().anyMatch(Extent::reachesBeyondTensor);
    }

    /** What a tensor's update reduces over, such as the entries of a row for their mean. */
    public Set<Extent> reductions() {
        Set<Extent> extents = EnumSet.noneOf(Extent.class);
        collect(parameter, extents);
        collect(body, extents);
        return extents;
    }

    private static void collect(List<Statement> statements, Set<Extent> extents) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Assignment assignment) {
                collect(assignment.value(), extents);
            } else if (statement instanceof Statement.When when) {
                collect(when.condition(), extents);
                collect(when.then(), extents);
                collect(when.otherwise(), extents);
            }
        }
    }

    private static void collect(Expression expression, Set<Extent> extents) {
        if (expression instanceof Expression.Reduced reduced) {
            extents.add(reduced.extent());
        }
        Expressions.children(expression).forEach(part -> collect(part, extents));
    }

    /** Nearly always one object is asked about itself; see {@link Expression} for why it is written out. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Equations that
                        && name.equals(that.name)
                        && source.equals(that.source)
                        && family.equals(that.family)
                        && traits.equals(that.traits)
                        && hypers.equals(that.hypers)
                        && states.equals(that.states)
                        && step.equals(that.step)
                        && parameter.equals(that.parameter)
                        && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The hyper-parameter of that name. */
    public Optional<Hyper> hyper(String wanted) {
        return hypers.stream().filter(h -> h.name().equals(wanted)).findFirst();
    }

    /** The same without any {@code f32}: what they are in ideal arithmetic. */
    public Equations withoutRounding() {
        return mapped(Expressions::withoutRounding);
    }

    /** The same with {@code f32} around their own numbers only: what they are when all hyper-parameters are doubles. */
    public Equations roundingOwnNumbersOnly() {
        return mapped(Expressions::roundingNumbersOnly);
    }

    /** The same with other hyper-parameters declared. */
    public Equations withHypers(List<Hyper> others) {
        return new Equations(name, source, family, traits, others, states, step, parameter, body);
    }

    /** The same with every expression replaced. */
    public Equations mapped(UnaryOperator<Expression> change) {
        List<State> changed = states.stream()
                .map(s -> new State(s.name(), s.extent(), change.apply(s.initial())))
                .toList();
        return new Equations(
                name,
                source,
                family,
                traits,
                hypers,
                changed,
                mapped(step, change),
                mapped(parameter, change),
                mapped(body, change));
    }

    private static List<Statement> mapped(List<Statement> statements, UnaryOperator<Expression> change) {
        return statements.stream().map(s -> mapped(s, change)).toList();
    }

    private static Statement mapped(Statement statement, UnaryOperator<Expression> change) {
        if (statement instanceof Statement.Assignment assignment) {
            return new Statement.Assignment(assignment.name(), change.apply(assignment.value()));
        }
        Statement.When when = (Statement.When) statement;
        return new Statement.When(
                change.apply(when.condition()), mapped(when.then(), change), mapped(when.otherwise(), change));
    }

    @Override
    public String toString() {
        return EquationPrinter.print(this);
    }
}
