package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws of --fix and --unsafe-fixes over pairs that were made at random, in one form and in two: a second run changes nothing,
 * the source is never written, and no number of updates is written for a number of epochs.
 */
class PairFixLawsTest {
    private static final List<String> RATES = List.of("1.0e-05", "0.0003", "0.001", "0.02");
    private static final List<String> DECAYS = List.of("0.0", "0.01", "0.1", "0.0005");
    private static final List<String> SCHEDULES = List.of("linear", "cosine", "constant", "constant_with_warmup");
    /** With {@code -Dsamestep.pairs=24} and more it takes minutes: each pair is proven four times. */
    private static final int PAIRS = Integer.getInteger("samestep.pairs", 5);

    @TempDir
    Path folder;

    private final Random random = new Random(20261128);

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The arguments of Hugging Face's Trainer, in updates or in epochs. */
    private String trainer() {
        String length = random.nextBoolean()
                ? "max_steps: " + any(List.of(1000, 1500, 20000))
                : "num_train_epochs: " + any(List.of("3", "10.0"));
        String warmUp = random.nextBoolean() ? "warmup_ratio: 0.05\n" : "warmup_steps: " + any(List.of(100, 0)) + "\n";
        return "output_dir: out\nper_device_train_batch_size: 16\nlearning_rate: " + any(RATES)
                + "\nlr_scheduler_type: " + any(SCHEDULES) + "\n" + warmUp + length + "\nweight_decay: " + any(DECAYS)
                + "\n";
    }

    private String torch() {
        return "{\"samestep\": \"pytorch/1\",\n \"optimizer\": {\"class_path\": \"torch.optim."
                + any(List.of("AdamW", "SGD")) + "\",\n  \"init_args\": {\"lr\": " + any(RATES)
                + ",\n   \"weight_decay\": " + any(DECAYS) + "}},\n \"scheduler\": {\"class_path\":"
                + " \"torch.optim.lr_scheduler.StepLR\",\n  \"init_args\": {\"step_size\": "
                + any(List.of(30, 100)) + ", \"gamma\": 0.1}, \"stepped\": \"after every "
                + any(List.of("update", "epoch")) + "\"}}\n";
    }

    @Test
    void theyHold() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        int mended = 0;
        for (int i = 0; i < PAIRS; i++) {
            boolean yaml = random.nextInt(3) > 0;
            String source = yaml ? trainer() : torch();
            String target = yaml || random.nextBoolean() ? trainer() : torch();
            Path a = Files.writeString(folder.resolve(yaml ? "a.yaml" : "a.json"), source);
            Path b = Files.writeString(folder.resolve(target.startsWith("{") ? "b.json" : "b.yaml"), target);
            Path settings = Files.writeString(
                    folder.resolve("samestep.yaml"),
                    "pairs: [{source: " + a.getFileName() + ", target: " + b.getFileName() + "}]\n");
            for (String option : List.of("--fix", "--unsafe-fixes")) {
                CommandRunner.run("check", "--config", settings.toString(), option, b.toString());
                String once = Files.readString(b);
                CommandRunner.Result again =
                        CommandRunner.run("check", "--config", settings.toString(), option, b.toString());
                String pair = option + "\n" + source + "\n" + target + "\n" + once + "\n" + again.out() + again.err();
                assertEquals(once, Files.readString(b), pair);
                assertEquals(source, Files.readString(a), pair);
                if (epochs(source).isEmpty()) {
                    assertEquals(epochs(target), epochs(once), pair);
                }
                mended += once.equals(target) ? 0 : 1;
            }
            Files.delete(a);
            Files.delete(b);
        }
        assertTrue(mended > 0, "something was mended in " + mended + " runs");
    }

    /** The line that counts epochs, if there is one. */
    private static List<String> epochs(String text) {
        return text.lines().filter(line -> line.contains("num_train_epochs")).toList();
    }
}
