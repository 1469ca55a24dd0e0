package samestep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import samestep.dialect.LibraryVersions;
import samestep.dialect.Run;
import samestep.finding.Severity;

/**
 * What a command can be given: declared first, asked for after it was parsed. Not by picocli's annotations, for to reflect
 * on them takes longer than to read and compare two configurations; and where nothing but files and whole names of options
 * is given, as hooks do, picocli is not started at all.
 */
public final class Options {
    private static final String FILES = "FILE";
    private static final String COLOR = "--color";
    private static final String QUIET = "--quiet";
    private static final List<String> COLORS = List.of("auto", "always", "never");
    private static final String FAIL_ON = "--fail-on";
    private static final String OUTPUT = "-o";
    private static final List<String> LEVELS =
            Arrays.stream(Severity.values()).map(Severity::label).toList();
    private static final String DATA_SET = "--dataset-size";
    private static final String EPOCH = "--updates-per-epoch";
    private static final String DEVICES = "--gpus";
    private static final String VERSION = "--framework-version";

    private final String name;
    private final String description;
    private final List<Declared> declared = new ArrayList<>();
    private final Map<String, List<String>> choices = new LinkedHashMap<>();
    private String filesDescription = "";
    private List<String> footer = List.of();
    private @Nullable CommandSpec spec;
    private List<String> plainFiles = List.of();
    /** What options say that were taken without picocli, by the option's first name. */
    private Map<String, Object> plainValues = Map.of();

    private boolean hasRun;

    /**
     * An option.
     *
     * @param names without spaces, the one it is asked for by last
     * @param label what stands for its value in the help; empty of one that is on or off
     * @param type what its value is; {@code List} for one that may be given several times
     * @param element what the values of a list are
     * @param byDefault its value where it is not given, as it would be written; empty for none
     */
    private record Declared(
            List<String> names, String label, Class<?> type, Class<?> element, String byDefault, String description) {
        boolean isCalled(String name) {
            return names.contains(name);
        }

        OptionSpec spec() {
            OptionSpec.Builder option = OptionSpec.builder(names.toArray(String[]::new))
                    .description(description)
                    .type(type);
            if (!label.isEmpty()) {
                option.paramLabel(label);
            }
            if (type == List.class) {
                option.auxiliaryTypes(element);
                if (element == Integer.class) {
                    option.splitRegex(",");
                }
            }
            if (!byDefault.isEmpty()) {
                option.defaultValue(byDefault);
            }
            return option.build();
        }

        /** The default's value; null where there is none. */
        @Nullable
        Object value() {
            if (byDefault.isEmpty()) {
                return null;
            }
            if (type == Integer.class) {
                return Integer.valueOf(byDefault);
            }
            return byDefault;
        }
    }

    /** Options of a command; {@code --help}, {@code --version}, {@code --color} and {@code --quiet} are there already. */
    Options(String name, String description) {
        this.name = name;
        this.description = description;
        choice(COLOR, "WHEN", COLORS, "colours: auto (on terminals, unless NO_COLOR is set), always, or never");
        flag("-q", QUIET, "prints the product and what makes the command fail, nothing else");
    }

    /** One of a few words, in any case; the first is the default. */
    Options choice(String option, String label, List<String> words, String described) {
        choices.put(option, words);
        return word(option, label, words.get(0), described);
    }

    /** The words of each option that takes one of a few. */
    public Map<String, List<String>> choices() {
        return Collections.unmodifiableMap(choices);
    }

    /** The word of an option that takes one of a few, in lower case. */
    String chosen(String option) {
        return wordOrDefault(option).toLowerCase(Locale.ROOT);
    }

    /** Whether only the product and what fails is printed. */
    boolean isQuiet() {
        return isOn(QUIET);
    }

    /** Whether colours are wanted; empty where the terminal decides. */
    Optional<Boolean> colours() {
        String when = chosen(COLOR);
        return when.equals("auto") ? Optional.empty() : Optional.of(when.equals("always"));
    }

    /** What is wrong with the options, before the command starts; nothing where they can be used. */
    Optional<String> wrong() {
        return choices.keySet().stream()
                .filter(option -> !choices.getOrDefault(option, List.of()).contains(chosen(option)))
                .map(option -> Choices.wrong(option, choices.getOrDefault(option, List.of()), wordOrDefault(option)))
                .findFirst()
                .or(this::wrongRun);
    }

    /** Any number of files. */
    Options files(String described) {
        filesDescription = described;
        return this;
    }

    /** A word that may be given. */
    Options word(String option, String label, String described) {
        return word(option, label, "", described);
    }

    /** A word with a default. */
    Options word(String option, String label, String byDefault, String described) {
        return add(new Declared(List.of(option), label, String.class, String.class, byDefault, described));
    }

    /** Words, each after the option's name. */
    Options words(String option, String label, String described) {
        return add(new Declared(List.of(option), label, List.class, String.class, "", described));
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
                .word(prefix + "from", "FRAMEWORK", "what " + which + " is, if it is recognised wrongly");
    }

    /** A file that may be given. */
    Options path(String option, String described) {
        return add(new Declared(List.of(option), FILES, Path.class, Path.class, "", described));
    }

    /** A whole number with a default. */
    Options number(String option, int byDefault, String described) {
        return add(new Declared(
                List.of(option), "N", Integer.class, Integer.class, Integer.toString(byDefault), described));
    }

    /** Whole numbers with commas between. */
    Options numbers(String option, String described) {
        return add(new Declared(List.of(option), "N", List.class, Integer.class, "", described));
    }

    /** Something that is on or off. */
    Options flag(String option, String described) {
        return add(new Declared(List.of(option), "", Boolean.class, Boolean.class, "", described));
    }

    /** Something that is on or off, with a short name. */
    Options flag(String shortName, String option, String described) {
        return add(new Declared(List.of(shortName, option), "", Boolean.class, Boolean.class, "", described));
    }

    /** From which severity on findings make the exit code 1. */
    Options failOn() {
        choices.put(FAIL_ON, LEVELS);
        return word(
                FAIL_ON,
                "LEVEL",
                Severity.WARNING.label(),
                "exit 1 for findings at or above: " + String.join(", ", LEVELS));
    }

    /** What is known of the run and is in no file. */
    Options run() {
        hasRun = true;
        return word(DATA_SET, "N", "samples of the training data, to count epochs in updates")
                .word(EPOCH, "N", "updates in an epoch, where they are known; before --dataset-size")
                .word(DEVICES, "N", "how many devices train together, each with its own batches; one, if not given")
                .words(
                        VERSION,
                        "NAME=N",
                        "the version of a library, such as deepspeed=0.18.0; else a lock file of the repository says it");
    }

    private Optional<String> wrongRun() {
        return runOptions()
                .filter(option -> word(option)
                        .filter(number ->
                                !number.matches(option.equals(DEVICES) ? "[1-9][0-9]{0,5}" : "[1-9][0-9]{0,17}"))
                        .isPresent())
                .map(option -> option + ": a whole number above 0, not \"" + wordOrDefault(option) + "\"")
                .findFirst()
                .or(this::wrongVersion);
    }

    private Optional<String> wrongVersion() {
        return (hasRun ? words(VERSION) : List.<String>of())
                .stream()
                        .flatMap(word -> LibraryVersions.wrong(word).stream())
                        .map(wrong -> VERSION + ": " + wrong)
                        .findFirst();
    }

    private Stream<String> runOptions() {
        return hasRun ? Stream.of(DATA_SET, EPOCH, DEVICES) : Stream.empty();
    }

    /** What the options of {@link #run()} say. */
    Run given() {
        if (!hasRun) {
            return Run.UNKNOWN;
        }
        return new Run(
                word(DATA_SET).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
                word(EPOCH).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
                word(DEVICES).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()),
                words(VERSION).stream().map(LibraryVersions::parse).toList());
    }

    /** What standard input is called. */
    Options standardInputName() {
        return word(
                "--stdin-filename",
                "NAME",
                "<stdin>",
                "what standard input is called, and where its net is looked for");
    }

    /** Whether files outside the repository are read that files name. */
    Options allowOutside() {
        return flag("--allow-outside", "reads files outside the repository that files name, such as a solver's net");
    }

    /** Where the product goes. */
    Options output() {
        return path(OUTPUT, "write there, whole or not at all");
    }

    /** The files that are to be written, in the order of these names. */
    List<Path> outputs() {
        return Stream.of(OUTPUT, "--report", "--plot", CertificateRun.OPTION)
                .filter(name -> declared.stream().anyMatch(d -> d.isCalled(name)))
                .flatMap(name -> path(name).stream())
                .toList();
    }

    /** Whether the product goes to a file. */
    boolean hasOutput() {
        return declared.stream().anyMatch(d -> d.isCalled(OUTPUT))
                && path(OUTPUT).isPresent();
    }

    /** The text under the list of options. */
    Options footer(String... lines) {
        footer = List.of(lines);
        return this;
    }

    private Options add(Declared option) {
        declared.add(option);
        return this;
    }

    /**
     * Takes arguments that are files, flags, and words and files of options, each option once and by its whole name; false,
     * and nothing taken, where there is anything else.
     */
    boolean takePlain(String[] arguments) {
        List<String> files = new ArrayList<>();
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            Optional<Declared> option = declared(argument);
            if (option.isEmpty()) {
                // A lone dash is standard input.
                if (filesDescription.isEmpty() || !isPlain(argument) && !argument.equals("-")) {
                    return false;
                }
                files.add(argument);
                continue;
            }
            Class<?> type = option.get().type();
            Object value = true;
            if (type == String.class || type == Path.class) {
                if (++i == arguments.length || !isPlain(arguments[i])) {
                    return false;
                }
                value = type == Path.class ? Path.of(arguments[i]) : arguments[i];
            } else if (type != Boolean.class) {
                return false;
            }
            if (given.put(option.get().names().get(0), value) != null) {
                return false;
            }
        }
        plainFiles = List.copyOf(files);
        plainValues = Map.copyOf(given);
        return true;
    }

    /** Neither an option, nor the name of a file of arguments, as picocli understands it. */
    private static boolean isPlain(String argument) {
        return !argument.isEmpty()
                && argument.charAt(0) != '@'
                && argument.charAt(0) != '-'
                && argument.indexOf('\0') < 0;
    }

    private Optional<Declared> declared(String option) {
        for (Declared one : declared) {
            if (one.isCalled(option)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** What picocli knows of it: for parsing, help, completion and man page. */
    CommandSpec spec() {
        CommandSpec made = CommandSpec.create().name(name).versionProvider(new Version());
        made.usageMessage().description(description).footer(ending());
        made.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        made.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        if (!filesDescription.isEmpty()) {
            made.addPositional(PositionalParamSpec.builder()
                    .paramLabel(FILES)
                    .arity("0..*")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description(filesDescription)
                    .build());
        }
        declared.forEach(option -> made.addOption(option.spec()));
        return made;
    }

    /** The notes, the exit codes, the examples. */
    private String[] ending() {
        List<String> lines = new ArrayList<>();
        int examples = footer.indexOf(ManualPage.EXAMPLES);
        int notes = examples < 0 ? footer.size() : examples;
        lines.addAll(footer.subList(0, notes));
        if (lines.isEmpty() || !lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        lines.add(ManualPage.EXIT_CODES);
        Exit.TABLE.forEach(meaning -> lines.add(meaning.line()));
        if (examples >= 0) {
            lines.add("");
            lines.addAll(footer.subList(examples, footer.size()));
        }
        return lines.toArray(String[]::new);
    }

    /** A parser that gives its results to these options. */
    public CommandLine parser() {
        CommandSpec made = spec();
        spec = made;
        return new CommandLine(made, new CommandLine.IFactory() {
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
        return spec == null
                ? plainFiles
                : this.<List<String>>find(spec.positionalParameters().get(0).getValue())
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
        if (declared.stream().noneMatch(d -> d.isCalled(FAIL_ON))) {
            return severity == Severity.ERROR;
        }
        return severity.ordinal() >= LEVELS.indexOf(chosen(FAIL_ON));
    }

    private <T> Optional<T> value(String option) {
        if (spec != null) {
            return find(Objects.requireNonNull(spec.findOption(option), option).getValue());
        }
        Declared one = declared(option).orElseThrow(() -> new IllegalArgumentException(option));
        Object given = plainValues.get(one.names().get(0));
        return find(Options.<T>cast(given == null ? one.value() : given));
    }

    /** Values are of the type that their option was declared with. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    private static <T> Optional<T> find(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
