package io.alcedo.operators.continual.learn;

import io.alcedo.training.checkpoint.Safetensors.Entry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named tensors as bytes. */
public final class LearnerState {
  private LearnerState() {}

  /** Writes them. */
  public static void write(Map<String, Entry> tensors, DataOutput out) throws IOException {
    out.writeInt(tensors.size());
    for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
      Entry entry = tensor.getValue();
      out.writeUTF(tensor.getKey());
      out.writeUTF(entry.type());
      out.writeInt(entry.shape().length);
      for (long size : entry.shape()) {
        out.writeLong(size);
      }
      byte[] bytes = new byte[entry.data().remaining()];
      entry.data().duplicate().get(bytes);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /** Reads what was written. */
  public static Map<String, Entry> read(DataInput in) throws IOException {
    Map<String, Entry> tensors = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      String type = in.readUTF();
      long[] shape = new long[in.readInt()];
      for (int k = 0; k < shape.length; k++) {
        shape[k] = in.readLong();
      }
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      tensors.put(
          name, new Entry(type, shape, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return tensors;
  }
}
