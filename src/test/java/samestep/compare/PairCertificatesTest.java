package samestep.compare;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import samestep.compare.induction.Certifier;
import samestep.compare.induction.Induction;

class PairCertificatesTest {
    @Test
    void stats() throws IOException {
        int n = 0;
        int proven = 0;
        int cert = 0;
        for (ProvenPair pair : ProvenPair.all()) {
            n++;
            long t = System.nanoTime();
            boolean p = Induction.proves(pair.question());
            long t1 = System.nanoTime();
            Certifier.Result r = Certifier.prove(pair.question());
            long t2 = System.nanoTime();
            proven += p ? 1 : 0;
            cert += r.theorem().isPresent() ? 1 : 0;
            System.out.println((p ? "P " : "- ") + (r.theorem().isPresent() ? "C " : "- ") + pair + " " + r.why() + " "
                    + r.evidence() + " " + r.evidence().map(e -> e.bits()) + " " + (t1 - t) / 1000 + " "
                    + (t2 - t1) / 1000);
        }
        System.out.println(n + " " + proven + " " + cert);
    }
}
