package samestep.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import samestep.equation.Branch;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.Operator;
import samestep.equation.Shape;
import samestep.equation.run.Algebra;
import samestep.equation.run.Frame;
import samestep.equation.run.FrameLayout;
import samestep.equation.run.Program;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * Takes the steps of a recipe: gradients in, new weights out, in whatever arithmetic. It knows no optimizer; it runs the
 * equations of the stages in their order.
 *
 * @param <V> the values, see {@link Algebra}
 */
public final class Stepper<V> {
    private static final int G = Builtin.slot(Builtin.G);
    private static final int W = Builtin.slot(Builtin.W);
    private static final int W_OLD = Builtin.slot(Builtin.W_OLD);
    private static final int[] COUNTERS = slots(Builtin.T, Builtin.K, Builtin.MICRO, Builtin.FIRST);
    private static final int[] RATES = slots(Builtin.ETA, Builtin.ETA_PREV, Builtin.ETA_0, Builtin.ETA_MAX);

    private final Algebra<V> algebra;
    private final FrameLayout layout = new FrameLayout();
    private final Branch.Observer observer;
    private final Frame<V> run;
    private final Map<Object, Program<V>> programs = new LinkedHashMap<>();
    private final Map<Expression, V> multipliers = new HashMap<>();
    private final List<Tensor<V>> tensors = new ArrayList<>();
    private final V zero;
    private final V one;
    private boolean started;

    /** A tensor to train: which parameter it is, its shape, its value before the first update. */
    public record Binding<V>(Parameter parameter, Shape shape, V initial) {}

    /** The learning rates an update may ask for: its own, the one before, the first, the largest of the run. */
    public record Rates<V>(V current, V previous, V first, V largest) {}

    /**
     * A state between updates. Its value may be read and replaced once a first update was taken.
     *
     * @param tensor whose it is, by its place in declared order; -1 of the run's and a group's
     */
    public record State<V>(int tensor, Frame<V> frame, int slot) {
        /** Its value: an entry for each of the tensor's, or one. */
        public V value() {
            return frame.get(slot);
        }

        /** Gives it another value of the same size. */
        public void replace(V value) {
            frame.set(slot, value);
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof State<?> that
                            && tensor == that.tensor
                            && slot == that.slot
                            && frame.equals(that.frame);
        }

        @Override
        public int hashCode() {
            return (Integer.hashCode(tensor) * 31 + frame.hashCode()) * 31 + Integer.hashCode(slot);
        }
    }

    private static final class Tensor<V> {
        private final Frame<V> frame;
        private final Frame<V> group;
        private final boolean frozen;
        private final V multiplier;
        private final List<Program<V>> inEachMicroStep;
        private final List<Program<V>> inEachUpdate;
        private int next;

        private Tensor(
                Frame<V> frame,
                Frame<V> group,
                boolean frozen,
                V multiplier,
                List<Program<V>> inEachMicroStep,
                List<Program<V>> inEachUpdate) {
            this.frame = frame;
            this.group = group;
            this.frozen = frozen;
            this.multiplier = multiplier;
            this.inEachMicroStep = inEachMicroStep;
            this.inEachUpdate = inEachUpdate;
        }

        private List<Program<V>> programs() {
            if (frozen) {
                return List.of();
            }
            List<Program<V>> programs = new ArrayList<>(inEachMicroStep);
            programs.addAll(inEachUpdate);
            return programs;
        }
    }

    /**
     * Prepares to train.
     *
     * @param bindings the tensors, in declared order
     * @param batch samples in a micro-step
     * @param outputs outputs of the model for a sample
     */
    public Stepper(List<Binding<V>> bindings, Algebra<V> algebra, Branch.Observer observer, int batch, int outputs) {
        this.algebra = algebra;
        this.observer = observer;
        this.zero = algebra.number(0);
        this.one = algebra.number(1);
        this.run = Frame.run(zero);
        run.builtin(Builtin.BATCH, algebra.number(batch));
        run.builtin(Builtin.OUTPUTS, algebra.number(outputs));
        Map<Object, Frame<V>> groups = new HashMap<>();
        for (Binding<V> binding : bindings) {
            Object key =
                    binding.parameter().stages().stream().map(Stage::behaviour).toList();
            tensors.add(tensor(binding, groups.computeIfAbsent(key, k -> run.newGroup())));
        }
    }

    private static int[] slots(String... names) {
        return Arrays.stream(names).mapToInt(Builtin::slot).toArray();
    }

    private Tensor<V> tensor(Binding<V> binding, Frame<V> group) {
        Parameter parameter = binding.parameter();
        Frame<V> frame = group.newTensor(parameter.name().layer(), binding.shape());
        frame.builtin(
                Builtin.W, algebra.spread(binding.initial(), binding.shape().size()));
        frame.builtin(Builtin.BATCH, run.builtin(Builtin.BATCH));
        frame.builtin(Builtin.OUTPUTS, run.builtin(Builtin.OUTPUTS));
        List<Program<V>> before = new ArrayList<>();
        List<Program<V>> after = new ArrayList<>();
        boolean accumulates = !parameter.stages(Stage.Accumulation.class).isEmpty();
        List<Program<V>> into = accumulates ? before : after;
        for (Stage stage : parameter.stages()) {
            if (stage instanceof Stage.Accumulation) {
                into = after;
            }
            Program<V> program = program(stage);
            program.initialiseGroup(group);
            into.add(program);
        }
        V multiplier = multipliers.computeIfAbsent(parameter.rateMultiplier().value(), this::constant);
        return new Tensor<>(frame, group, parameter.frozen(), multiplier, before, after);
    }

    private Program<V> program(Stage stage) {
        return programs.computeIfAbsent(stage.behaviour(), key -> {
            Map<String, V> values = new HashMap<>();
            for (Map.Entry<String, Quantity> value : stage.values().entrySet()) {
                values.put(value.getKey(), constant(value.getValue().value()));
            }
            return Program.compile(stage.equations(), values, algebra, layout, observer);
        });
    }

    private V constant(Expression value) {
        return Formula.compile(value, algebra).at(zero);
    }

    /** The weights of a tensor, by its place in declared order. */
    public V weights(int tensor) {
        return tensors.get(tensor).frame.get(W);
    }

    /** Replaces the weights of a tensor. */
    public void replaceWeights(int tensor, V weights) {
        tensors.get(tensor).frame.set(W, weights);
    }

    /** What multiplies the learning rate of a tensor. */
    public V rateMultiplier(int tensor) {
        return tensors.get(tensor).multiplier;
    }

    /** All states of tensors that are trained, each once, in an order that does not change. */
    public List<State<V>> states() {
        Set<State<V>> states = new LinkedHashSet<>();
        for (int i = 0; i < tensors.size(); i++) {
            Tensor<V> tensor = tensors.get(i);
            for (Program<V> program : tensor.programs()) {
                for (Program.State state : program.states()) {
                    states.add(
                            switch (state.extent()) {
                                case ALL -> new State<>(-1, run, state.slot());
                                case GROUP -> new State<>(-1, tensor.group, state.slot());
                                default -> new State<>(i, tensor.frame, state.slot());
                            });
                }
            }
        }
        return List.copyOf(states);
    }

    /** Forgets all updates: the next one is the first. */
    public void restart() {
        started = false;
        for (Tensor<V> tensor : tensors) {
            tensor.programs().forEach(program -> program.initialiseGroup(tensor.group));
        }
    }

    /** How many tensors there are. */
    public int size() {
        return tensors.size();
    }

    /**
     * Takes one update.
     *
     * @param t the number of updates before it
     * @param gradients for each micro-step, for each tensor, the gradient of the loss; that of a frozen one is not read
     */
    public void update(int t, Rates<V> rates, List<List<V>> gradients) {
        int microSteps = gradients.size();
        count(run, algebra.number(t), algebra.number(t + 1L), algebra.number((long) t * microSteps + microSteps - 1));
        take(rates, gradients);
    }

    /**
     * Takes one update after any number of others.
     *
     * @param t how many came before, in the algebra's own numbers
     */
    public void updateAfter(V t, Rates<V> rates, List<List<V>> gradients) {
        V last = algebra.number(gradients.size() - 1L);
        V before = algebra.arithmetic(Operator.MULTIPLY, t, algebra.number(gradients.size()));
        count(run, t, algebra.arithmetic(Operator.ADD, t, one), algebra.arithmetic(Operator.ADD, before, last));
        take(rates, gradients);
    }

    private void take(Rates<V> rates, List<List<V>> gradients) {
        prepare(rates);
        for (int i = 0; i < tensors.size(); i++) {
            Tensor<V> tensor = tensors.get(i);
            if (!tensor.frozen) {
                accumulate(tensor, i, gradients);
                tensor.next = 0;
            }
        }
        while (advance()) {
            runWide();
        }
        started = true;
    }

    private void prepare(Rates<V> rates) {
        rates(run, rates, one);
        for (Program<V> program : programs.values()) {
            if (!started) {
                program.initialiseRun(run);
            }
            program.runStep(run);
        }
        @Nullable Tensor<V> like = null;
        for (Tensor<V> tensor : tensors) {
            for (int slot : COUNTERS) {
                tensor.frame.set(slot, run.get(slot));
            }
            if (like != null && like.multiplier == tensor.multiplier) {
                for (int slot : RATES) {
                    tensor.frame.set(slot, like.frame.get(slot));
                }
            } else {
                rates(tensor.frame, rates, tensor.multiplier);
                like = tensor;
            }
            tensor.frame.set(W_OLD, tensor.frame.get(W));
        }
    }

    private void count(Frame<V> frame, V t, V k, V micro) {
        frame.set(COUNTERS[0], t);
        frame.set(COUNTERS[1], k);
        frame.set(COUNTERS[2], micro);
        frame.set(COUNTERS[3], started ? zero : one);
    }

    private void rates(Frame<V> frame, Rates<V> rates, V multiplier) {
        frame.set(RATES[0], algebra.arithmetic(Operator.MULTIPLY, rates.current(), multiplier));
        frame.set(RATES[1], algebra.arithmetic(Operator.MULTIPLY, rates.previous(), multiplier));
        frame.set(RATES[2], algebra.arithmetic(Operator.MULTIPLY, rates.first(), multiplier));
        frame.set(RATES[3], algebra.arithmetic(Operator.MULTIPLY, rates.largest(), multiplier));
    }

    /** Forms the sum over the micro-steps; the accumulation's equations, if it is a mean, come next. */
    private void accumulate(Tensor<V> tensor, int index, List<List<V>> gradients) {
        List<Frame<V>> alone = List.of(tensor.frame);
        V sum = zero;
        for (int micro = 0; micro < gradients.size(); micro++) {
            tensor.frame.set(G, gradients.get(micro).get(index));
            tensor.inEachMicroStep.forEach(program -> program.runBody(alone));
            V gradient = tensor.frame.get(G);
            sum = micro == 0 ? gradient : algebra.arithmetic(Operator.ADD, sum, gradient);
        }
        tensor.frame.set(G, sum);
    }

    /** Runs every tensor up to its next wide program; whether one waits at such. */
    private boolean advance() {
        boolean waiting = false;
        for (Tensor<V> tensor : tensors) {
            while (!tensor.frozen && tensor.next < tensor.inEachUpdate.size()) {
                Program<V> program = tensor.inEachUpdate.get(tensor.next);
                initialise(program, tensor);
                if (program.isWide()) {
                    waiting = true;
                    break;
                }
                program.runBody(List.of(tensor.frame));
                tensor.next++;
            }
        }
        return waiting;
    }

    private void initialise(Program<V> program, Tensor<V> tensor) {
        if (!started) {
            program.initialiseTensor(tensor.frame);
        }
    }

    private void runWide() {
        Map<Program<V>, List<Frame<V>>> waiting = new LinkedHashMap<>();
        for (Tensor<V> tensor : tensors) {
            if (!tensor.frozen && tensor.next < tensor.inEachUpdate.size()) {
                waiting.computeIfAbsent(tensor.inEachUpdate.get(tensor.next), p -> new ArrayList<>())
                        .add(tensor.frame);
                tensor.next++;
            }
        }
        waiting.forEach(Program::runBody);
    }
}
