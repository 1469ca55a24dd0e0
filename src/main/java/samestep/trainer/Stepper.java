package samestep.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import samestep.equation.Algebra;
import samestep.equation.Branch;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.Frame;
import samestep.equation.FrameLayout;
import samestep.equation.Operator;
import samestep.equation.Program;
import samestep.equation.Shape;
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

    private static final class Tensor<V> {
        private final Frame<V> frame;
        private final boolean frozen;
        private final V multiplier;
        private final List<Program<V>> inEachMicroStep;
        private final List<Program<V>> inEachUpdate;
        private int next;

        private Tensor(
                Frame<V> frame,
                boolean frozen,
                V multiplier,
                List<Program<V>> inEachMicroStep,
                List<Program<V>> inEachUpdate) {
            this.frame = frame;
            this.frozen = frozen;
            this.multiplier = multiplier;
            this.inEachMicroStep = inEachMicroStep;
            this.inEachUpdate = inEachUpdate;
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
        return new Tensor<>(frame, parameter.frozen(), multiplier, before, after);
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
        prepare(t, rates, gradients.size());
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

    private void prepare(int t, Rates<V> rates, int microSteps) {
        count(run, t, microSteps);
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

    private void count(Frame<V> frame, int t, int microSteps) {
        frame.set(COUNTERS[0], algebra.number(t));
        frame.set(COUNTERS[1], algebra.number(t + 1L));
        frame.set(COUNTERS[2], algebra.number((long) t * microSteps + microSteps - 1));
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
