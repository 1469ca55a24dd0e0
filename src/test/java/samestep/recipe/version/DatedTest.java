package samestep.recipe.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.text.SourceText;

/** Defaults that versions have changed, and what files say of the version. */
class DatedTest {
    private static final Dated CLIP = Dated.parse("1.0, 0 before 0.19.3").orElseThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "==0.19.3 | 1.0",
                "==0.19.3rc1 | 0",
                "==0.19.2+cu118 | 0",
                "==0.19.2.post1 | 0",
                "==0.20 | 1.0",
                "==0.9.5 | 0",
                ">=0.18,<0.19 | 0",
                "<0.19.3 | 0",
                "<=0.19.3 | ",
                ">=0.18 | ",
                ">=0.19.3 | 1.0",
                "~=0.18.1 | 0",
                "~=0.19.1 | ",
                "==0.18.* | 0",
                "^0.18.1 | 0",
                "^0.19.1 | ",
                "!=0.19.0 | ",
                "nightly | ",
            })
    void theVersionsDecideOnlyWhereTheyAgree(String requirement, String value) {
        assertEquals(Optional.ofNullable(value), CLIP.in(Releases.parse(requirement, "==")));
    }

    @Test
    void aTableWithoutAnOrderIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Dated.parse("0 before 0.19.3, 1.0"));
        assertThrows(IllegalArgumentException.class, () -> Dated.parse("1.0, 0 before x"));
        assertEquals(Optional.empty(), Dated.parse("1.0"));
        assertEquals("1.0 since 0.19.3, 0 before", CLIP.words());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requirements.txt | torch==2.1.0\\n DeepSpeed[dev] == 0.18.0 ; python_version > '3.8' # x | 2:17 | 0.18.0",
                "requirements.txt | deepspeed-kernels==0.0.1\\ndeepspeed>=0.17,<0.18 | 2:10 | >=0.17,<0.18",
                "requirements.txt | # deepspeed==0.18.0 | | ",
                "requirements.txt | deepspeed | | ",
                "uv.lock | [[package]]\\nname = \"deepspeed\"\\nversion = \"0.18.0\" | 3:12 | 0.18.0",
                "poetry.lock | [[package]]\\nname = \"deepspeed\"\\nversion = \"0.18.0\" | 3:12 | 0.18.0",
                "Pipfile.lock | {\"default\": {\"deepspeed\": {\"hashes\": [\"a\"], \"version\": \"==0.18.0\"}}} | 1:57 | 0.18.0",
                "environment.yml | dependencies:\\n  - deepspeed=0.18.0=py310 | 2:14 | =0.18.0",
                "environment.yml | - pip:\\n  - deepspeed==0.18.0 | 2:14 | 0.18.0",
                "pyproject.toml | dependencies = [\"torch>=2\", \"deepspeed==0.18.0\"] | 1:39 | 0.18.0",
                "pyproject.toml | deepspeed = \"^0.18\" | 1:14 | ^0.18",
                "pyproject.toml | deepspeed = {version = \"0.18.0\", optional = true} | 1:25 | 0.18.0",
            })
    void filesSayTheVersion(String name, String text, String place, String version) {
        Optional<Installed> found = LockText.find(new SourceText(name, text.replace("\\n", "\n")), "deepspeed");
        assertEquals(Optional.ofNullable(version), found.map(Installed::text));
        assertEquals(
                Optional.ofNullable(place),
                found.flatMap(Installed::place).map(p -> p.position().toString()));
        found.ifPresent(f -> assertEquals(Optional.of("0"), CLIP.in(f.releases()), f.words()));
    }

    /** One line for each platform: what they have in common is known, and no more. */
    @Test
    void twoVersionsDecideTogether() {
        String two = "deepspeed==%s; sys_platform == 'linux'\ndeepspeed==0.18.0; sys_platform != 'linux'\n";
        assertEquals(Optional.of("0"), CLIP.in(found(two.formatted("0.17.0"))));
        assertEquals(Optional.empty(), CLIP.in(found(two.formatted("0.19.3"))));
    }

    private static Releases found(String text) {
        return LockText.find(new SourceText("requirements.txt", text), "deepspeed")
                .orElseThrow()
                .releases();
    }
}
