package samestep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import samestep.cli.Main.Terminal;
import samestep.compare.DecayApproximation;
import samestep.compare.bound.GradientSizes;
import samestep.compare.measure.Measurement;
import samestep.compare.measure.Measurer;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.report.ApproximationText;
import samestep.report.HtmlReport;
import samestep.report.picture.Pictures;
import samestep.text.AtomicFile;
import samestep.text.SourceReader;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparison;
import samestep.translate.Recording;

/** What {@code compare} measures, and where pictures of it go. */
final class MeasureRun {
    /** Of the digits: more than twenty epochs. */
    static final int UPDATES = 1_000;
    /** Enough to see whether a difference is more than chance. */
    static final int SEEDS = 5;

    private static final int MOST_UPDATES = 1_000_000;
    private static final int MOST_SEEDS = 1_000;
    private static final int REFERENCE_UPDATES = 100;

    private final Options options;
    private final Terminal terminal;
    private final List<Recording> recordings = new ArrayList<>();
    private final Progress progress;

    MeasureRun(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.progress = new Progress(terminal.err(), terminal.errScreen());
    }

    /** Whether anything is to be measured. */
    static boolean isAsked(Options options) {
        return options.isOn("--measure")
                || options.path("--report").isPresent()
                || options.path("--plot").isPresent();
    }

    /** What cannot be measured; nothing where all can. */
    static Optional<String> wrongUsage(Options options) {
        int updates = options.number("--updates");
        int seeds = options.number("--seeds");
        if (updates < 1 || updates > MOST_UPDATES) {
            return Optional.of("--updates: 1 to " + MOST_UPDATES);
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            return Optional.of("--seeds: 1 to " + MOST_SEEDS);
        }
        Optional<String> approximate = options.word("--approximate").filter(w -> !w.equals("fit"));
        if (approximate.isPresent()) {
            return Optional.of(Choices.wrong("--approximate", List.of("fit"), approximate.get()));
        }
        return options.path("--plot")
                .filter(p -> !ending(p).equals("svg") && !ending(p).equals("png"))
                .map(p -> "--plot: a name that ends in .svg or .png, not \"" + p + "\"");
    }

    private static String ending(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A recorded run whose weights are shown beside. */
    void recorded(Recording recording) {
        recordings.add(recording);
    }

    /** Trains all of them; nothing where it is not asked. */
    Outcome<List<Measurement>> measure(FileComparison compared, List<ConfigurationFile> files) {
        if (!isAsked(options)) {
            return Outcome.of(List.of(), List.of());
        }
        List<Measurer.Named> recipes = new ArrayList<>();
        recipes.add(new Measurer.Named(name(files, 0), compared.source()));
        recipes.add(new Measurer.Named(name(files, 1), compared.targetRenamed()));
        for (int i = 2; i < files.size(); i++) {
            Outcome<Recipe> recipe = files.get(i).read();
            if (recipe.value().isEmpty()) {
                return Outcome.failed(recipe.findings());
            }
            recipes.add(new Measurer.Named(name(files, i), recipe.value().get()));
        }
        List<Measurement> measurements = new ArrayList<>();
        for (Map.Entry<String, List<Measurer.Recorded>> problem : problems().entrySet()) {
            Measurer.onReference(problem.getKey(), recipes, problem.getValue(), REFERENCE_UPDATES)
                    .ifPresent(measurements::add);
        }
        Measurer.onDigits(recipes, options.number("--updates"), options.number("--seeds"), progress)
                .ifPresent(measurements::add);
        progress.done();
        return measurements.isEmpty()
                ? Outcome.failed(Finding.of(
                        Code.SS010,
                        "nothing can be measured: they have no layer with a kernel in common to use in a"
                                + " reference net, or their equations are not known"))
                : Outcome.of(measurements, List.of());
    }

    /** The closest number, where it is asked for; empty where it is not. */
    Outcome<String> approximation(FileComparison compared) {
        if (options.word("--approximate").isEmpty()) {
            return Outcome.of("", List.of());
        }
        Optional<Path> file = options.path("--gradient-sizes");
        if (file.isEmpty()) {
            return Outcome.of(approximation(compared, Optional.empty()), List.of());
        }
        try {
            return GradientSizes.read(SourceReader.read(file.get()))
                    .then(sizes -> Outcome.of(approximation(compared, Optional.of(sizes)), List.of()));
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.of(Code.SS002, file.get() + ": " + e.reason()));
        }
    }

    private String approximation(FileComparison compared, Optional<GradientSizes> sizes) {
        String found = DecayApproximation.of(compared.source(), compared.targetRenamed())
                .map(a -> ApproximationText.print(
                        a,
                        sizes,
                        fit -> Measurer.onDigits(
                                fit, options.number("--updates"), options.number("--seeds"), progress)))
                .orElse("\nnothing to approximate: both sides apply decay in the same place\n");
        progress.done();
        return found;
    }

    /** The perceptron, and whatever recordings were made on. */
    private Map<String, List<Measurer.Recorded>> problems() {
        Map<String, List<Measurer.Recorded>> problems = new LinkedHashMap<>();
        problems.put("mlp", new ArrayList<>());
        for (Recording recording : recordings) {
            problems.computeIfAbsent(recording.problem(), p -> new ArrayList<>())
                    .add(new Measurer.Recorded(recording.name() + " as recorded", recording.recorded()));
        }
        return problems;
    }

    private static String name(List<ConfigurationFile> files, int index) {
        return Visible.of(files.get(index).input().source().name());
    }

    /** Writes what options ask for; false, with a line, where it cannot. */
    boolean write(FileComparison compared, List<ConfigurationFile> files, List<Measurement> measurements) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            names.add(name(files, i));
        }
        try {
            if (options.path("--report").isPresent()) {
                String page = HtmlReport.print(names, compared, measurements, reproduction());
                AtomicFile.write(options.path("--report").get(), page);
            }
            if (options.path("--plot").isPresent()) {
                Path file = options.path("--plot").get();
                if (ending(file).equals("png")) {
                    AtomicFile.write(file, Pictures.png(measurements));
                } else {
                    AtomicFile.write(file, Pictures.svg(measurements));
                }
            }
            return true;
        } catch (IOException e) {
            terminal.err().println("translate: not written: " + Visible.of(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private List<String> reproduction() {
        List<String> command = new ArrayList<>(List.of("translate", "compare"));
        command.addAll(options.files());
        for (String name : List.of("--net", "--other-net", "--optimizer", "--other-optimizer")) {
            options.path(name).ifPresent(file -> command.addAll(List.of(name, file.toString())));
        }
        for (String name : List.of("--from", "--other-from")) {
            options.word(name).ifPresent(word -> command.addAll(List.of(name, word)));
        }
        options.words("--map").forEach(map -> command.addAll(List.of("--map", map)));
        command.addAll(List.of("--measure", "--updates", Integer.toString(options.number("--updates"))));
        command.addAll(List.of("--seeds", Integer.toString(options.number("--seeds"))));
        return List.of(
                String.join(" ", command.stream().map(MeasureRun::quoted).toList()),
                "# " + String.join(", ", new Version().getVersion()),
                "# Java " + System.getProperty("java.version")
                        + "; runs are in double precision, one thread, seeds from"
                        + " 0, and the same on every machine but for the last digits");
    }

    /** As a shell takes it. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
