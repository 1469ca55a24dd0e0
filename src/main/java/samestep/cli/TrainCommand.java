package samestep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.report.json.TrajectoryJson;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;
import samestep.translate.Computed;
import samestep.translate.Recording;

/** The reference trainer. */
final class TrainCommand extends Command {
    private static final int RECORDED_STEPS = 100;
    private static final List<Integer> SNAPSHOTS = List.of(1, 2, 3, 5, 10, 20, 50, 100);

    TrainCommand() {
        super(new Options(
                        "translate train",
                        "Runs a configuration on a reference problem, or runs recordings again, and prints weights,"
                                + " losses and learning rates.")
                .files("the configuration; with --recorded, recordings; - reads standard input")
                .flag("--recorded", "the files are recordings: run each again, one line of JSON each")
                .configuration("--", "FILE")
                .run()
                .path("--problems", "the problems; those that come with it by default")
                .word("--problem", "NAME", "mlp", "mlp or linear")
                .number("--steps", RECORDED_STEPS, "how many steps")
                .numbers("--snapshots", "after which steps the weights are printed; 1,2,3,5,10,20,50,100 by default")
                .choice("--format", "FORMAT", List.of("json"), "json, the only one yet")
                .allowOutside()
                .standardInputName()
                .footer(
                        "",
                        "Examples:",
                        "  translate train solver.prototxt --steps 200",
                        "  translate train model.json --optimizer optimizer.json --snapshots 1,10,100"));
    }

    @Override
    int run() throws UnreadableSourceException {
        List<String> files = options().files();
        if (files.isEmpty()) {
            return usage("name the configuration to train, or recordings with --recorded");
        }
        if (steps() < 1) {
            return usage("--steps: at least 1");
        }
        return options().isOn("--recorded") ? replay(files) : train(files);
    }

    private int replay(List<String> files) {
        int code = Exit.SAME;
        for (String file : files) {
            Outcome<Trajectory> outcome = replay(file);
            if (outcome.value().isPresent()) {
                out().print(TrajectoryJson.print(outcome.value().get(), Optional.of(file)));
            } else {
                report(outcome.findings());
                code = Exit.USAGE;
            }
        }
        return code;
    }

    private Outcome<Trajectory> replay(String file) {
        try {
            SourceText source = read(file);
            return Recording.read(source)
                    .then(recording ->
                            problem(recording.problem()).then(p -> recording.replay(p, steps(), snapshotSteps())));
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.of(Code.SS002, file + ": " + e.reason()));
        }
    }

    private int train(List<String> files) throws UnreadableSourceException {
        if (files.size() > 1) {
            return usage("one configuration at a time; several recordings go with --recorded");
        }
        String problem = options().wordOrDefault("--problem");
        Outcome<Trajectory> outcome = open(files.get(0), "--")
                .then(file -> file.read()
                        .then(recipe -> Computed.of(
                                file.input().source(),
                                Optional.of(recipe),
                                () -> problem(problem).then(p -> run(recipe, p)))));
        report(outcome.findings());
        outcome.value().ifPresent(t -> out().print(TrajectoryJson.print(t, Optional.empty())));
        return outcome.value().isPresent() ? Exit.SAME : Exit.USAGE;
    }

    private Outcome<Trajectory> run(Recipe recipe, Problem chosen) {
        Optional<List<Parameter>> tensors = Tensors.of(recipe, chosen);
        if (tensors.isPresent() && !tensors.get().stream().allMatch(Parameter::isKnown)) {
            return Outcome.failed(Finding.of(Code.SS010, "what cannot be read, cannot be run"));
        }
        if (!recipe.schedule().isKnown()) {
            return Outcome.failed(Finding.of(
                    Code.SS010,
                    "the learning rate is a function of "
                            + recipe.schedule().unit().words() + ": no update of it can be run"));
        }
        return tensors.map(t -> Outcome.of(new Trainer(recipe, t, chosen).run(steps(), snapshotSteps()), List.of()))
                .orElseGet(() -> Outcome.failed(Finding.of(
                        Code.SS004,
                        "the model has " + Tensors.layers(recipe).size() + " layers with a kernel; the problem "
                                + options().wordOrDefault("--problem") + " needs "
                                + chosen.tensors().size() / 2)));
    }

    private Outcome<Problem> problem(String name) {
        Optional<Path> problems = options().path("--problems");
        if (problems.isEmpty()) {
            return name.equals("mlp") || name.equals("linear")
                    ? Outcome.of(Problems.builtIn(name), List.of())
                    : Outcome.failed(Finding.of(Code.SS004, "no problem \"" + name + "\"; there are mlp and linear"));
        }
        try {
            return Problems.read(SourceReader.read(problems.get()), name);
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.of(Code.SS002, problems.get() + ": " + e.reason()));
        }
    }

    private Set<Integer> snapshotSteps() {
        List<Integer> snapshots = options().numbers("--snapshots");
        return new TreeSet<>(snapshots.isEmpty() ? SNAPSHOTS : snapshots);
    }

    private int steps() {
        return options().number("--steps");
    }
}
