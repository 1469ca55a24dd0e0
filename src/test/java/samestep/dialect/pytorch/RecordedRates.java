package samestep.dialect.pytorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The rates that a library's own scheduler gave.
 *
 * @param text what it was made of
 * @param updates of the run
 * @param rates of the updates that were recorded
 */
public record RecordedRates(String text, int updates, double[] rates) {
    /** A line for each: text, updates and rates, with bars between them. */
    public static List<RecordedRates> of(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" \\| "))
                .map(cells -> new RecordedRates(
                        cells[0],
                        Integer.parseInt(cells[1]),
                        Arrays.stream(cells[2].split(" "))
                                .mapToDouble(Double::parseDouble)
                                .toArray()))
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
