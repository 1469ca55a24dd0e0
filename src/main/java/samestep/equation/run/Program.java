package samestep.equation.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.equation.Branch;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Extent;
import samestep.equation.Node;
import samestep.equation.Statement;
import samestep.equation.Statement.Assignment;
import samestep.equation.Statement.When;
import samestep.equation.run.ExpressionCompiler.Variable;
import samestep.equation.run.ExpressionCompiler.WideReduction;

/**
 * Equations with the values of their hyper-parameters, ready to run. The states live in the frames, so that one program
 * serves all tensors that share its values.
 *
 * @param <V> the values
 */
public final class Program<V> {
    private final Algebra<V> algebra;
    private final ExpressionCompiler<V> compiler;
    private final List<Initial<V>> initials = new ArrayList<>();
    private final List<Instruction<V>> step;
    private final List<Instruction<V>> parameter;
    private final List<Instruction<V>> body;
    private boolean wide;

    private record Initial<V>(Extent extent, int slot, Node<V> value) {}

    /**
     * Where a state is kept.
     *
     * @param extent whether it belongs to a tensor (or each of its entries), a group or the run
     * @param slot in the frame of that
     */
    public record State(Extent extent, int slot) {}

    private interface Instruction<V> {
        void run(List<Frame<V>> frames);
    }

    private Program(Equations equations, Map<String, V> values, Algebra<V> algebra, ExpressionCompiler<V> compiler) {
        this.algebra = algebra;
        this.compiler = compiler;
        values.forEach(compiler::constant);
        for (Equations.State state : equations.states()) {
            Node<V> initial = compiler.compile(state.initial());
            initials.add(new Initial<>(
                    state.extent(),
                    compiler.variable(state.name(), state.extent()).slot(),
                    initial));
        }
        this.step = instructions(equations.step(), Extent.ALL);
        this.parameter = instructions(equations.parameter(), Extent.TENSOR);
        this.body = instructions(equations.body(), Extent.TENSOR);
    }

    /**
     * Compiles equations.
     *
     * @param values a value for each hyper-parameter; flags are one or zero
     * @param layout shared by the programs that run in the same frames
     * @param observer told which sides of branches are taken
     * @throws IllegalArgumentException when a hyper-parameter has no value
     */
    public static <V> Program<V> compile(
            Equations equations,
            Map<String, V> values,
            Algebra<V> algebra,
            FrameLayout layout,
            Branch.Observer observer) {
        for (Equations.Hyper hyper : equations.hypers()) {
            if (!values.containsKey(hyper.name())) {
                throw new IllegalArgumentException(equations.name() + " needs a value for " + hyper.name());
            }
        }
        return new Program<>(equations, values, algebra, new ExpressionCompiler<>(algebra, layout, observer));
    }

    /** Whether it looks at several tensors at once, so that all of them must have come this far. */
    public boolean isWide() {
        return wide;
    }

    /** The states, as declared. */
    public List<State> states() {
        return initials.stream()
                .map(initial -> new State(initial.extent(), initial.slot()))
                .toList();
    }

    /** Gives the run's states their initial values; the built-ins of the frame must have theirs. */
    public void initialiseRun(Frame<V> run) {
        initialise(run, Extent.ALL);
    }

    /** Gives a group's states their initial values, which use hyper-parameters only. */
    public void initialiseGroup(Frame<V> group) {
        initialise(group, Extent.GROUP);
    }

    /** Gives a tensor's states their initial values; {@code w} and the first {@code g} must have theirs. */
    public void initialiseTensor(Frame<V> tensor) {
        for (Initial<V> initial : initials) {
            if (initial.extent() == Extent.ELEMENT) {
                V value = initial.value().evaluate(tensor);
                tensor.set(initial.slot(), algebra.spread(value, tensor.shape().size()));
            }
        }
        initialise(tensor, Extent.TENSOR);
    }

    private void initialise(Frame<V> frame, Extent extent) {
        for (Initial<V> initial : initials) {
            if (initial.extent() == extent) {
                frame.set(initial.slot(), initial.value().evaluate(frame));
            }
        }
    }

    /** The phase that runs once an update, before all tensors. */
    public void runStep(Frame<V> run) {
        execute(step, List.of(run));
    }

    /** The phase that runs for each tensor in declared order, then the body, for all these tensors together. */
    public void runBody(List<Frame<V>> tensors) {
        for (Frame<V> tensor : tensors) {
            execute(parameter, List.of(tensor));
        }
        execute(body, tensors);
    }

    private void execute(List<Instruction<V>> instructions, List<Frame<V>> frames) {
        for (Instruction<V> instruction : instructions) {
            instruction.run(frames);
        }
    }

    private List<Instruction<V>> instructions(List<Statement> statements, Extent extent) {
        List<Instruction<V>> instructions = new ArrayList<>();
        for (Statement statement : statements) {
            instructions.add(
                    statement instanceof Assignment assignment
                            ? assignment(assignment, extent)
                            : when((When) statement, extent));
        }
        return instructions;
    }

    private Instruction<V> when(When when, Extent extent) {
        Node<V> condition = compiler.compile(when.condition());
        if (condition instanceof Node.Constant<V> constant) {
            // A flag decides once: what it switches off is not part of these equations.
            boolean holds = algebra.isTrue(constant.value());
            List<Instruction<V>> chosen = instructions(holds ? when.then() : when.otherwise(), extent);
            return frames -> execute(chosen, frames);
        }
        List<Instruction<V>> then = instructions(when.then(), extent);
        List<Instruction<V>> otherwise = instructions(when.otherwise(), extent);
        return frames -> {
            List<Frame<V>> holds = new ArrayList<>();
            List<Frame<V>> not = new ArrayList<>();
            for (Frame<V> frame : frames) {
                (algebra.isTrue(condition.evaluate(frame)) ? holds : not).add(frame);
            }
            execute(then, holds);
            execute(otherwise, not);
        };
    }

    private Instruction<V> assignment(Assignment assignment, Extent phase) {
        Node<V> value = compiler.compile(assignment.value());
        List<WideReduction<V>> reductions = compiler.takeWideReductions();
        wide |= !reductions.isEmpty();
        Variable target = compiler.variable(assignment.name(), phase);
        boolean whole = target.extent() == Extent.ELEMENT
                || assignment.name().equals(Builtin.W)
                || assignment.name().equals(Builtin.G);
        return frames -> {
            reductions.forEach(reduction -> reduce(reduction, frames));
            for (Frame<V> frame : frames) {
                V result = value.evaluate(frame);
                V kept = whole ? algebra.spread(result, frame.shape().size()) : result;
                owner(frame, target.extent()).set(target.slot(), kept);
            }
        };
    }

    private Frame<V> owner(Frame<V> frame, Extent extent) {
        return switch (extent) {
            case ALL -> frame.run();
            case GROUP -> frame.group();
            default -> frame;
        };
    }

    private void reduce(WideReduction<V> wideReduction, List<Frame<V>> frames) {
        Map<Object, List<Frame<V>>> together = new LinkedHashMap<>();
        for (Frame<V> frame : frames) {
            Object key = switch (wideReduction.reduced().extent()) {
                case LAYER -> frame.layer();
                case GROUP -> frame.group();
                default -> frame.run();
            };
            together.computeIfAbsent(key, k -> new ArrayList<>()).add(frame);
        }
        for (List<Frame<V>> members : together.values()) {
            List<V> operands = members.stream()
                    .map(f -> algebra.spread(
                            wideReduction.operand().evaluate(f), f.shape().size()))
                    .toList();
            V result = algebra.reduce(wideReduction.reduced().reduction(), operands);
            members.forEach(f -> f.set(wideReduction.slot(), result));
        }
    }
}
