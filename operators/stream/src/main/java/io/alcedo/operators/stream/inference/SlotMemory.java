package io.alcedo.operators.stream.inference;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory of the slots of a batch, used again and again. */
interface SlotMemory extends AutoCloseable {

  /** A slot of at least so many bytes; stays valid until the slot is asked for again. */
  BytePointer slot(int slot, long bytes);

  /** Makes one slot's content that of another; the first one's is undefined then. */
  void move(int from, int to);

  /** Bytes of neighbouring slots, each of the given size. */
  ByteBuffer span(int from, int count, long bytes);

  @Override
  void close();

  /** Slots of one size in one block, so that a tensor can cover several. */
  final class Block implements SlotMemory {
    private final long bytesPerSlot;
    private final BytePointer memory;

    Block(int capacity, long bytesPerSlot) {
      this.bytesPerSlot = bytesPerSlot;
      this.memory = new BytePointer(capacity * bytesPerSlot);
      Pointer.memset(memory, 0, memory.capacity());
    }

    @Override
    public BytePointer slot(int slot, long bytes) {
      // getPointer, not position: OpenCV would read a moved pointer's base address.
      return memory.getPointer(slot * bytesPerSlot);
    }

    @Override
    public void move(int from, int to) {
      Pointer.memcpy(slot(to, bytesPerSlot), slot(from, bytesPerSlot), bytesPerSlot);
    }

    @Override
    public ByteBuffer span(int from, int count, long bytes) {
      return slot(from, bytes).capacity(count * bytes).asBuffer();
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  /** Slots that grow with the pictures, each for a tensor of its own. */
  final class Separate implements SlotMemory {
    private final BytePointer[] slots;

    Separate(int capacity) {
      slots = new BytePointer[capacity];
    }

    @Override
    public BytePointer slot(int slot, long bytes) {
      if (slots[slot] == null || slots[slot].capacity() < bytes) {
        free(slots[slot]);
        slots[slot] = new BytePointer(bytes);
      }
      return slots[slot];
    }

    @Override
    public void move(int from, int to) {
      BytePointer moved = slots[from];
      slots[from] = slots[to];
      slots[to] = moved;
    }

    @Override
    public ByteBuffer span(int from, int count, long bytes) {
      if (count != 1) {
        throw new IllegalArgumentException("pictures of different sizes make no common tensor");
      }
      return slots[from].getPointer(0L).capacity(bytes).asBuffer();
    }

    @Override
    public void close() {
      Arrays.stream(slots).forEach(Separate::free);
    }

    private static void free(BytePointer pointer) {
      if (pointer != null) {
        pointer.close();
      }
    }
  }
}
