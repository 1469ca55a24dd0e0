package samestep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each folder of fixtures/programs/caffe has a program that makes a solver, and what is reported for it. */
class CaffeProgramTest {
    @TestFactory
    Stream<DynamicTest> programsAreReadAsExpected() throws IOException {
        return KerasProgramTest.programs(Path.of("fixtures/programs/caffe"));
    }
}
