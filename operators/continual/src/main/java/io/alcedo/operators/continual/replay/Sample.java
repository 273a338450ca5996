package io.alcedo.operators.continual.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * A crop that is kept to learn from.
 *
 * @param id of the crop
 * @param camera that took it
 * @param track of the object
 * @param captureTime event time
 * @param jpeg the picture
 */
public record Sample(String id, String camera, String track, Instant captureTime, byte[] jpeg) {

  /** Writes all of it. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(id);
    out.writeUTF(camera);
    out.writeUTF(track);
    out.writeLong(captureTime.getEpochSecond());
    out.writeInt(captureTime.getNano());
    out.writeInt(jpeg.length);
    out.write(jpeg);
  }

  /** Reads what was written. */
  public static Sample read(DataInput in) throws IOException {
    String id = in.readUTF();
    String camera = in.readUTF();
    String track = in.readUTF();
    Instant captureTime = Instant.ofEpochSecond(in.readLong(), in.readInt());
    byte[] jpeg = new byte[in.readInt()];
    in.readFully(jpeg);
    return new Sample(id, camera, track, captureTime, jpeg);
  }
}
