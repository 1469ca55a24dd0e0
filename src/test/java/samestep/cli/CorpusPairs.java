package samestep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import samestep.Configuration;
import samestep.Framework;
import samestep.Samestep;

/**
 * Pairs of files made from the corpus: a file with its translation, some numbers of which were changed; with itself, changed
 * likewise; or with another file.
 */
final class CorpusPairs {
    private static final long LARGEST = 60_000;
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.\"/])-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?(?![\\w.\"/])");
    private static final List<String> FACTORS =
            List.of("0.5", "2", "10", "0.1", "1", "0", "0.0005", "0.9", "100", "3", "1e-05", "1000");

    private final Random random;
    private final Samestep samestep = new Samestep();
    private final List<Path> files;

    CorpusPairs(Path corpus, long seed) throws IOException {
        random = new Random(seed);
        try (Stream<Path> all = Files.walk(corpus)) {
            files = new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*\\.(prototxt|json|ya?ml|config|solver)"))
                    .sorted()
                    .toList());
        }
        java.util.Collections.shuffle(files, random);
    }

    /** A file's name and its text. */
    record Member(String name, String text) {}

    /** Two files that are declared to mean the same, and whether they were read. */
    record Pair(Member source, Member target) {}

    /** The pair with this number, if the file of this number can be read. */
    Optional<Pair> pair(int number) {
        Optional<Member> source = member(files.get(number % files.size()));
        Optional<Configuration> read =
                source.map(this::read).filter(c -> c.recipe().isPresent());
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Member one = source.get();
        return switch (random.nextInt(4)) {
            case 0 -> Optional.of(new Pair(one, new Member("to-" + one.name(), changed(one.text()))));
            case 1 -> other().map(target -> new Pair(one, new Member("to-" + target.name(), target.text())));
            default ->
                translated(read.get()).map(target -> new Pair(one, new Member(target.name(), changed(target.text()))));
        };
    }

    int files() {
        return files.size();
    }

    private Configuration read(Member member) {
        return samestep.read(member.name(), member.text());
    }

    private Optional<Member> other() {
        for (int i = 0; i < 50; i++) {
            Optional<Member> other = member(files.get(random.nextInt(files.size())));
            if (other.isPresent() && read(other.get()).recipe().isPresent()) {
                return other;
            }
        }
        return Optional.empty();
    }

    private Optional<Member> translated(Configuration configuration) {
        List<Framework> frameworks =
                Framework.all().stream().filter(f -> !f.styles().isEmpty()).toList();
        Framework framework = frameworks.get(random.nextInt(frameworks.size()));
        String ending = switch (framework.name()) {
            case "caffe" -> "prototxt";
            case "tensorflow" -> "config";
            default -> "json";
        };
        return samestep.translate(configuration, framework).text().map(text -> new Member("to." + ending, text));
    }

    /** One to three numbers become others. */
    private String changed(String text) {
        String result = text;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<MatchResult> numbers = NUMBER.matcher(result).results().toList();
            if (!numbers.isEmpty()) {
                MatchResult one = numbers.get(random.nextInt(numbers.size()));
                String other = FACTORS.get(random.nextInt(FACTORS.size()));
                result = result.substring(0, one.start()) + other + result.substring(one.end());
            }
        }
        return result;
    }

    private static Optional<Member> member(Path file) {
        try {
            return Files.size(file) > LARGEST
                    ? Optional.empty()
                    : Optional.of(new Member(file.getFileName().toString(), Files.readString(file)));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
