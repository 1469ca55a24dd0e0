package samestep.dialect.keras.program;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.ProgramText;
import samestep.dialect.keras.write.KerasPythonClasses;
import samestep.finding.Outcome;
import samestep.program.KnownTexts;
import samestep.program.Limits;
import samestep.program.PartNames;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.program.World;
import samestep.program.value.Value;
import samestep.text.SourceText;
import samestep.text.Words;

/** Programs that train with Keras. */
public final class KerasProgram {
    private static final Pattern KERAS =
            Pattern.compile("(?m)^[ \\t]*(?:import|from)[ \\t]+(?:keras|tf_keras|keras_contrib|keras_core)\\b"
                    + "|^[ \\t]*(?:import|from)[ \\t]+tensorflow[\\w.]*\\bkeras\\b"
                    + "|^[ \\t]*from[ \\t]+tensorflow\\b[^\\n]*\\bkeras\\b"
                    + "|\\btf\\.keras\\b|\\btensorflow\\.keras\\b|^[ \\t]*import[ \\t]+tensorflow_addons\\b");

    /** Without one of these a program neither makes a penalty nor an optimizer. */
    private static final Pattern MATTERS = Pattern.compile("_regularizer|regularizers|optimizers?\\b|\\.compile\\(");

    /** A program that trains by TensorFlow 1's own optimizers, whatever it takes from Keras besides. */
    private static final Pattern TENSORFLOW_1 = Pattern.compile(
            "\\btrain\\.[A-Z]\\w*Optimizer\\b|\\bcreate_train_op\\b|\\boptimize_loss\\b|contrib\\.opt\\b");

    private static final Pattern COMPILED = Pattern.compile("\\.compile\\(");

    /** A model that is handed to an optimizer of PyTorch, as it may be where PyTorch is Keras' backend. */
    private static final Pattern TORCH = Pattern.compile("\\btorch\\.optim\\.[A-Z]");

    private static final Pattern OPTIMIZER = Pattern.compile("\\boptimizers\\b");

    private static final Words NAMES = Words.of("keras", "tensorflow");

    private KerasProgram() {}

    /** Whether a text is a program at all, by its name. */
    public static boolean isProgram(SourceText source) {
        return ProgramText.isOne(source);
    }

    /** Whether a program or a module imports Keras. */
    public static boolean isImportedBy(SourceText program) {
        return KERAS.matcher(program.text()).find();
    }

    /** Whether a text is such a program, by its name and its words; nothing is parsed. */
    public static boolean recognises(SourceText source) {
        if (!ProgramText.mayTrain(source) || !source.has(NAMES)) {
            return false;
        }
        String words = ProgramText.words(source);
        return MATTERS.matcher(words).find()
                && KERAS.matcher(words).find()
                && (COMPILED.matcher(words).find()
                        || !TENSORFLOW_1.matcher(words).find())
                && (COMPILED.matcher(words).find()
                        || OPTIMIZER.matcher(words).find()
                        || !TORCH.matcher(words).find());
    }

    /** The names of its trainings, where there are several. */
    public static List<String> parts(SourceText source, Companions companions) {
        return PartNames.choices(Training.all(trace(source, companions, new WrittenWorld())));
    }

    /**
     * Reads a program.
     *
     * @param companions finds its modules
     * @param classes the class that an optimizer's own name, such as adam, is the usual one of
     * @param part which of several trainings is meant, by the name of a variable or function, if that is said
     * @return SS008 if it makes neither a model nor an optimizer, SS010 if it has none of that name
     */
    public static Outcome<ProgramReading> read(
            SourceText source,
            Companions companions,
            Optional<String> part,
            Function<String, Optional<String>> classes) {
        WrittenWorld world = new WrittenWorld();
        Trace trace = trace(source, companions, world);
        return new ProgramReader(trace, part, classes, world.rebound(trace)).read();
    }

    private static Trace trace(SourceText source, Companions companions, WrittenWorld world) {
        Companions.Home home = companions.home();
        return Programs.read(ProgramText.parts(source), home.path(source), home.repository(), world, Limits.USUAL);
    }

    /** What Samestep itself writes into programs of Keras. */
    private static final class WrittenWorld implements World {
        private final KnownTexts ours = new KnownTexts(KerasPythonClasses::named);

        @Override
        public Optional<Value> definition(String text, Function<String, Optional<Value>> names) {
            return ours.definition(text, names);
        }

        /** A name that our classes use, and that the program binds to something else after them. */
        Optional<String> rebound(Trace trace) {
            return ours.rebound(trace);
        }
    }
}
