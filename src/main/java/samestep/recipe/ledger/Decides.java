package samestep.recipe.ledger;

import java.util.Arrays;
import java.util.Optional;

/** What a field of a form decides. */
public enum Decides {
    /** The update: a reader asks for it. */
    UPDATE("update"),
    /** A setting: {@link SettingRule} says which. */
    SETTING("setting"),
    /** What is done to the weights, in a way that is not read: no verdict is exact with it. */
    NOT_READ("not read"),
    /** The net or the data: not judged, and named where two files differ. */
    OUTSIDE("outside"),
    /** Nothing that is trained. */
    NOTHING("nothing"),
    /** Nothing by itself: it holds other fields, and the row's type is the name of the message that has them. */
    SECTION("section");

    private final String word;

    Decides(String word) {
        this.word = word;
    }

    /** What it is called in a ledger. */
    public String word() {
        return word;
    }

    static Optional<Decides> named(String word) {
        return Arrays.stream(values())
                .filter(d -> d != SETTING && d.word.equals(word))
                .findFirst();
    }
}
