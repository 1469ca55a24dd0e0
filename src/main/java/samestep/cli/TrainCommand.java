package samestep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.report.TrajectoryJson;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;
import samestep.translate.ConfigurationFile;
import samestep.translate.Recording;

/** The reference trainer. */
@CommandLine.Command(
        name = "translate train",
        description =
                "Runs a configuration on a reference problem, or runs recordings again, and prints weights, losses"
                        + " and learning rates.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TrainCommand extends Command {
    private static final int RECORDED_STEPS = 100;
    private static final List<Integer> SNAPSHOTS = List.of(1, 2, 3, 5, 10, 20, 50, 100);

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "the configuration; with --recorded, recordings")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--recorded", description = "the files are recordings: run each again, one line of JSON each")
    private boolean recorded;

    @Option(names = "--net", paramLabel = "FILE", description = "the net that a Caffe solver trains")
    private @Nullable Path net;

    @Option(names = "--problems", paramLabel = "FILE", description = "the problems; those that come with it by default")
    private @Nullable Path problems;

    @Option(names = "--problem", paramLabel = "NAME", description = "mlp or linear", defaultValue = "mlp")
    private String problem = "mlp";

    @Option(names = "--steps", paramLabel = "N", description = "how many steps", defaultValue = "100")
    private int steps = RECORDED_STEPS;

    @Option(
            names = "--snapshots",
            paramLabel = "N",
            split = ",",
            description = "after which steps the weights are printed; 1,2,3,5,10,20,50,100 by default")
    private List<Integer> snapshots = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "json", description = "json, the only one yet")
    private String format = "json";

    @Override
    int run() throws UnreadableSourceException {
        if (files.isEmpty()) {
            return usage("name the configuration to train, or recordings with --recorded");
        }
        if (!format.equals("json")) {
            return usage("--format: json, not \"" + format + "\"");
        }
        if (steps < 1) {
            return usage("--steps: at least 1");
        }
        return recorded ? replay() : train();
    }

    private int replay() {
        int code = Exit.SAME;
        for (Path file : files) {
            Outcome<Trajectory> outcome = replay(file);
            if (outcome.value().isPresent()) {
                out().print(TrajectoryJson.print(outcome.value().get(), Optional.of(file.toString())));
            } else {
                report(outcome.findings());
                code = Exit.USAGE;
            }
        }
        return code;
    }

    private Outcome<Trajectory> replay(Path file) {
        try {
            SourceText source = SourceReader.read(file);
            return Recording.read(source)
                    .then(recording ->
                            problem(recording.problem()).then(p -> recording.replay(p, steps, snapshotSteps())));
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.of(Code.SS002, file + ": " + e.reason()));
        }
    }

    private int train() throws UnreadableSourceException {
        if (files.size() > 1) {
            return usage("one configuration at a time; several recordings go with --recorded");
        }
        SourceText source = SourceReader.read(files.get(0));
        Optional<SourceText> model = net == null ? Optional.empty() : Optional.of(SourceReader.read(net));
        Outcome<Trajectory> outcome = ConfigurationFile.open(source, model, Optional.empty(), Path.of(""))
                .then(ConfigurationFile::read)
                .then(recipe -> problem(problem).then(p -> run(recipe, p)));
        report(outcome.findings());
        outcome.value().ifPresent(t -> out().print(TrajectoryJson.print(t, Optional.empty())));
        return outcome.value().isPresent() ? Exit.SAME : Exit.USAGE;
    }

    private Outcome<Trajectory> run(Recipe recipe, Problem chosen) {
        Optional<List<Parameter>> tensors = Tensors.of(recipe, chosen);
        return tensors.map(t -> Outcome.of(new Trainer(recipe, t, chosen).run(steps, snapshotSteps()), List.of()))
                .orElseGet(() -> Outcome.failed(Finding.of(
                        Code.SS004,
                        "the model has " + Tensors.layers(recipe).size() + " layers with a kernel; the problem "
                                + problem + " needs " + chosen.tensors().size() / 2)));
    }

    private Outcome<Problem> problem(String name) {
        if (problems == null) {
            return name.equals("mlp") || name.equals("linear")
                    ? Outcome.of(Problems.builtIn(name), List.of())
                    : Outcome.failed(Finding.of(Code.SS004, "no problem \"" + name + "\"; there are mlp and linear"));
        }
        try {
            return Problems.read(SourceReader.read(problems), name);
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.of(Code.SS002, problems + ": " + e.reason()));
        }
    }

    private Set<Integer> snapshotSteps() {
        return new TreeSet<>(snapshots.isEmpty() ? SNAPSHOTS : snapshots);
    }
}
