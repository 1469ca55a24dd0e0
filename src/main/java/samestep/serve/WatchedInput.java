package samestep.serve;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** An input whose end can be waited for: the client is gone then. */
final class WatchedInput extends FilterInputStream {
    private final CountDownLatch end = new CountDownLatch(1);

    WatchedInput(InputStream in) {
        super(in);
    }

    void awaitEnd() throws InterruptedException {
        end.await();
    }

    @Override
    public int read() throws IOException {
        return noticed(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        return noticed(super.read(bytes, from, length));
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        super.close();
    }

    private int noticed(int read) {
        if (read < 0) {
            end.countDown();
        }
        return read;
    }
}
