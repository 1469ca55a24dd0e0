package samestep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Property(tries = 3000)
    void findsWhatContainsFinds(
            @ForAll @Size(min = 1, max = 4) List<@StringLength(min = 2, max = 6) @Chars({'a', 'b', 'c'}) String> words,
            @ForAll @StringLength(max = 40) @CharRange(from = 'a', to = 'd') String text) {
        assertEquals(
                words.stream().anyMatch(text::contains),
                Words.of(words.toArray(String[]::new)).isIn(text),
                words + " in " + text);
    }

    @Test
    void aWordIsFoundAtTheEndsAndBesideOtherScripts() {
        Words words = Words.of("torch", "keras", "timm");
        for (String text :
                List.of("torch", "import timm", "keras\u00e9", "\u6a21\u578bkeras", "xtorchx", "\ud83d\ude80timm")) {
            assertTrue(words.isIn(text), text);
        }
        for (String text : List.of("", "t", "tor", "tim m", "kera", "\u6a21\u578b", "tortimkeratorc")) {
            assertFalse(words.isIn(text), text);
        }
    }
}
