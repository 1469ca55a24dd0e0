package samestep.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line of docs/pairs.md.
 *
 * @param first an optimizer, and its flags that are on
 * @param second another one, in the same way; of several that are other algorithms, the list
 * @param changes the numbers of the second that are not the first's
 * @param verdict with the asterisks around it
 * @param why what follows it; empty where it needs no reason
 */
public record PairRow(String first, String second, String changes, String verdict, String why) {
    private static final Path PAGE = Path.of("docs/pairs.md");

    /** All lines of the page's tables. */
    public static List<PairRow> all() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length > 5 && cells[3].contains("**"))
                .map(PairRow::of)
                .toList();
    }

    private static PairRow of(String[] cells) {
        String[] second = cells[2].strip().split(", ", 2);
        return new PairRow(
                cells[1].strip(),
                second[0],
                second.length > 1 ? second[1] : "",
                cells[3].strip(),
                cells[4].strip().split("; ")[0]);
    }

    /** Whether it lists optimizers that are other algorithms, which can only be inexact. */
    boolean isOfOtherAlgorithms() {
        return why.contains("other algorithms");
    }

    /** The framework of an optimizer. */
    public static String framework(String optimizer) {
        return optimizer.split("\\.")[0];
    }

    /** An optimizer's name without its flags. */
    static String name(String optimizer) {
        return optimizer.split(" ")[0];
    }

    /** Its flags that are on. */
    static Set<String> flags(String optimizer) {
        return Arrays.stream(optimizer.split(" ")).skip(1).collect(Collectors.toSet());
    }
}
