package samestep.dialect.darknet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import samestep.recipe.ledger.Ledger;

/** The two programs that train from such files, with the fields that they have. */
enum Program {
    /** pjreddie/darknet. */
    ORIGINAL("pjreddie's Darknet", text("ledger-darknet.txt")),
    /** AlexeyAB/darknet, which has more fields, and other defaults of some. */
    FORK("AlexeyAB's Darknet", text("ledger-darknet-fork.txt") + text("ledger-darknet.txt"));

    private final String title;
    private final Ledger ledger;

    Program(String title, String ledger) {
        this.title = title;
        this.ledger = Ledger.parse("Darknet", ledger);
    }

    /** Its name in sentences. */
    String title() {
        return title;
    }

    /** All fields that it has. */
    Ledger ledger() {
        return ledger;
    }

    /** Whether it has a field, and the original does not. */
    static boolean isOfTheFork(String path) {
        return ORIGINAL.ledger.row(path, "").isEmpty()
                && FORK.ledger.row(path, "").isPresent();
    }

    /** A table of this folder. */
    static String text(String name) {
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
