package samestep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import samestep.finding.Severity;

/**
 * What a command can be given: declared first, asked for after it was parsed. Not by picocli's annotations, for to reflect
 * on them takes longer than to read and compare two configurations.
 */
final class Options {
    private static final String FILES = "FILE";

    private final CommandSpec spec;

    /** Options of a command; {@code --help} and {@code --version} are there already. */
    Options(String name, String description) {
        spec = CommandSpec.create().name(name).versionProvider(new Version());
        spec.usageMessage().description(description);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
    }

    /** Any number of files. */
    Options files(String description) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel(FILES)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    /** A word that may be given. */
    Options word(String name, String label, String description) {
        return add(option(name, label, description).type(String.class));
    }

    /** A word with a default. */
    Options word(String name, String label, String byDefault, String description) {
        return add(option(name, label, description).type(String.class).defaultValue(byDefault));
    }

    /** Words, each behind the option's name. */
    Options words(String name, String label, String description) {
        return add(option(name, label, description).type(List.class).auxiliaryTypes(String.class));
    }

    /**
     * What may be said of a configuration besides its file: its net, its optimizer, its framework.
     *
     * @param prefix before the options' names, such as {@code --} or {@code --other-}
     * @param which the configuration in a sentence
     */
    Options configuration(String prefix, String which) {
        return path(prefix + "net", "the net that " + which + ", a Caffe solver, trains")
                .path(prefix + "optimizer", "the optimizer that trains " + which + ", a Keras model")
                .word(prefix + "from", "FRAMEWORK", "what " + which + " is, if not recognised rightly");
    }

    /** A file that may be given. */
    Options path(String name, String description) {
        return add(option(name, FILES, description).type(Path.class));
    }

    /** A whole number with a default. */
    Options number(String name, int byDefault, String description) {
        return add(option(name, "N", description).type(Integer.class).defaultValue(Integer.toString(byDefault)));
    }

    /** Whole numbers with commas between. */
    Options numbers(String name, String description) {
        return add(option(name, "N", description)
                .type(List.class)
                .auxiliaryTypes(Integer.class)
                .splitRegex(","));
    }

    /** Something that is on or off. */
    Options flag(String name, String description) {
        return add(OptionSpec.builder(name).description(description).type(Boolean.class));
    }

    /** Something that is on or off, with a short name. */
    Options flag(String shortName, String name, String description) {
        return add(OptionSpec.builder(shortName, name).description(description).type(Boolean.class));
    }

    /** From which severity on findings make the exit code 1. */
    Options failOn() {
        return add(option("--fail-on", "LEVEL", "exit 1 for findings at or above: note, warning, error")
                .type(Severity.class)
                .defaultValue(Severity.WARNING.name()));
    }

    /** What standard input is called. */
    Options standardInputName() {
        return word(
                "--stdin-filename",
                "NAME",
                "<stdin>",
                "what standard input is called, and where its net is looked for");
    }

    /** Where the product goes. */
    Options output() {
        return path("-o", "write there, whole or not at all");
    }

    /** What stands under the list of options. */
    Options footer(String... lines) {
        spec.usageMessage().footer(lines);
        return this;
    }

    private static OptionSpec.Builder option(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).description(description);
    }

    private Options add(OptionSpec.Builder option) {
        spec.addOption(option.build());
        return this;
    }

    /** A parser that gives its results to these options. */
    CommandLine parser() {
        return new CommandLine(spec, new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws ReflectiveOperationException {
                return type == List.class
                        ? type.cast(new ArrayList<>())
                        : type.getDeclaredConstructor().newInstance();
            }
        });
    }

    /** The files that are given. */
    List<String> files() {
        return this.<List<String>>find(spec.positionalParameters().get(0).getValue())
                .orElse(List.of());
    }

    /** A word, where it is given or has a default. */
    Optional<String> word(String name) {
        return value(name);
    }

    /** A word that has a default. */
    String wordOrDefault(String name) {
        return word(name).orElseThrow();
    }

    /** All words that are given. */
    List<String> words(String name) {
        return this.<List<String>>value(name).orElse(List.of());
    }

    /** A file, if it is given. */
    Optional<Path> path(String name) {
        return value(name);
    }

    /** A number that has a default. */
    int number(String name) {
        return this.<Integer>value(name).orElseThrow();
    }

    /** All numbers that are given. */
    List<Integer> numbers(String name) {
        return this.<List<Integer>>value(name).orElse(List.of());
    }

    /** Whether it is on. */
    boolean isOn(String name) {
        return this.<Boolean>value(name).orElse(false);
    }

    /** Whether findings of a severity make the exit code 1. */
    boolean failsOn(Severity severity) {
        return severity.compareTo(this.<Severity>value("--fail-on").orElseThrow()) >= 0;
    }

    private <T> Optional<T> value(String name) {
        return find(Objects.requireNonNull(spec.findOption(name), name).getValue());
    }

    private <T> Optional<T> find(T value) {
        return Optional.ofNullable(value);
    }
}
