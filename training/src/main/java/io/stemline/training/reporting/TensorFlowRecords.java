package io.stemline.training.reporting;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes TFRecord files: the length, its checksum, the record, its checksum; little-endian. */
final class TensorFlowRecords implements AutoCloseable {

    private static final int MASK_DELTA = 0xa282ead8;
    private static final int ROTATION = 15;

    private final OutputStream out;

    TensorFlowRecords(OutputStream out) {
        this.out = out;
    }

    void write(byte[] record) throws IOException {
        var head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(record.length);
        head.putInt(maskedChecksum(head.array(), Long.BYTES));
        var tail = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(maskedChecksum(record, record.length));
        out.write(head.array());
        out.write(record);
        out.write(tail.array());
    }

    /** CRC-32C, rotated and shifted because checksums of data that contain checksums are weak. */
    private static int maskedChecksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), ROTATION) + MASK_DELTA;
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
