package io.alcedo.connectors.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.frames.FrameLookup.Expired;
import io.alcedo.connectors.frames.FrameLookup.Found;
import org.junit.jupiter.api.Test;

class RingFrameStoreTest extends FrameStoreContract {
  private static final int BYTES = 1 << 20;

  private final RingFrameStore ring = new RingFrameStore(BYTES);
  private final long[] ends = new long[2];
  private long kept;

  @Override
  FrameStore store() {
    return ring;
  }

  @Override
  FrameRef append(CameraRecord record, int partition) {
    FrameRef ref = new FrameRef("frames", partition, ends[partition]++);
    ring.add(at(ref, record));
    kept += record.image().length;
    return ref;
  }

  /** Pushes out, by newer frames of the other partition, exactly the frames up to here. */
  @Override
  void expire(FrameRef last) {
    int size = ring.find(last).frameOrNull().image().length;
    long goes = size * (last.offset() + 1);
    int filler = (int) (BYTES - (kept - goes));
    ring.add(at(new FrameRef("frames", RIGHT, ends[RIGHT]++), frame(0, filler)));
  }

  @Test
  void keepsTheNewestFrameHoweverLarge() {
    RingFrameStore small = new RingFrameStore(10);
    FrameRef first = new FrameRef("frames", 0, 40);
    FrameRef second = new FrameRef("frames", 0, 41);
    small.add(at(first, frame(0, 8)));
    small.add(at(second, frame(1, 99)));
    assertThat(small.find(first)).isInstanceOf(Expired.class);
    assertThat(small.find(second)).isInstanceOf(Found.class);
    assertThat(small.find(new FrameRef("frames", 0, 3))).isInstanceOf(Expired.class);
  }

  @Test
  void refusesToHoldNothing() {
    assertThatThrownBy(() -> new RingFrameStore(0)).hasMessageContaining("a ring of 0 bytes");
  }

  private static CameraRecord at(FrameRef ref, CameraRecord record) {
    return new CameraRecord(
        record.kind(),
        record.id(),
        ref,
        record.captureTime(),
        record.published(),
        record.codec(),
        record.width(),
        record.height(),
        record.image(),
        record.defect());
  }
}
