package samestep.recipe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import samestep.finding.Place;
import samestep.recipe.setting.Setting;
import samestep.text.SourceText;
import samestep.text.Span;

/** Rows of a ledger and fields of a file make settings. */
class LedgerSettingsTest {
    private static final Ledger LEDGER = Ledger.parse("a library", """
            # A table.
            lr | number | 0.1 | update |
            bn_momentum | number | - | STATISTICS_KEPT complement |
            smoothing | number | 0.1 | LABEL_SMOOTHING |
            bf16 | bool | false | NUMBER_FORMAT true=bfloat16 |
            fp16 | bool | false | NUMBER_FORMAT true=float16 false=float32 |
            ema | bool | false | WEIGHT_AVERAGE with |
            ema_decay | number | 0.9998 | WEIGHT_AVERAGE if ema=true else 0 |
            flip | number | 0.5 | OWN_FIELD |
            log_* name | text | - | nothing | what is shown
            """);

    private static Map<String, String> settings(Map<String, String> written) {
        SourceText source = new SourceText("a.yaml", "x");
        return LedgerSettings.of(
                        LEDGER,
                        path -> Optional.ofNullable(written.get(path))
                                .map(text -> new LedgerSettings.Written(text, new Place(source, new Span(0, 1)))))
                .stream()
                .collect(Collectors.toMap(
                        s -> s.kind() + (s.part().isEmpty() ? "" : " " + s.part()),
                        s -> s.value().words() + (s.isWritten() ? "" : " by default")));
    }

    @Test
    void whatIsNotWrittenIsTheDefault() {
        assertEquals(
                Map.of(
                        "LABEL_SMOOTHING", "0.1 by default",
                        "NUMBER_FORMAT", "float32 by default",
                        "WEIGHT_AVERAGE", "0 by default",
                        "OWN_FIELD flip", "0.5 by default"),
                settings(Map.of()));
    }

    @Test
    void whatIsWrittenIsTurnedIntoTheUnitOfItsKind() {
        assertEquals(
                Map.of(
                        "STATISTICS_KEPT", "0.9",
                        "LABEL_SMOOTHING", "0",
                        "NUMBER_FORMAT", "bfloat16",
                        "WEIGHT_AVERAGE", "0.9998",
                        "OWN_FIELD flip", "0"),
                settings(Map.of("bn_momentum", "0.1", "smoothing", "0.0", "bf16", "true", "ema", "true", "flip", "0"))
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, e -> e.getValue().replace(" by default", ""))));
        assertEquals(
                "0",
                String.valueOf(settings(Map.of("ema_decay", "0.99")).get("WEIGHT_AVERAGE"))
                        .replace(" by default", ""));
    }

    @Test
    void aSettingIsWhereItIsWritten() {
        SourceText source = new SourceText("a.yaml", "x");
        List<Setting> settings = LedgerSettings.of(
                LEDGER,
                path -> Optional.of(path)
                        .filter("bn_momentum"::equals)
                        .map(p -> new LedgerSettings.Written("0.1", new Place(source, new Span(0, 1)))));
        assertEquals("bn_momentum 0.1", settings.get(0).spelling().words());
        assertTrue(settings.get(0).place().isPresent());
    }

    @Test
    void aFieldIsFoundByItsPathOrAPattern() {
        assertEquals(Decides.NOTHING, LEDGER.row("log_level", "").orElseThrow().decides());
        assertEquals(Decides.UPDATE, LEDGER.row("lr", "").orElseThrow().decides());
        assertFalse(LEDGER.row("learning_rate", "").isPresent());
        assertTrue(LedgerRow.matches("a*c*", "abbc") && !LedgerRow.matches("a*c", "abbcd"));
    }

    @Test
    void aTableOfOursHasNoMistakes() {
        assertThrows(IllegalArgumentException.class, () -> Ledger.parse("", "lr | number | 0.1"));
        assertThrows(IllegalArgumentException.class, () -> Ledger.parse("", "lr | number | 0.1 | NO_SUCH_KIND |"));
    }
}
