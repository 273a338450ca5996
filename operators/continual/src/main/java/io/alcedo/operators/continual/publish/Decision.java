package io.alcedo.operators.continual.publish;

import io.alcedo.operators.continual.learn.LearnerState;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * That a candidate shall serve. It holds all that is needed for that, so a registry that is away is
 * a matter of time.
 *
 * @param version of the candidate
 * @param reason for people
 * @param provenance facts for its manifest
 * @param weights of it
 */
record Decision(
    String version, String reason, Map<String, String> provenance, Map<String, Entry> weights) {

  /** Writes all of it. */
  void write(DataOutput out) throws IOException {
    out.writeUTF(version);
    out.writeUTF(reason);
    out.writeInt(provenance.size());
    for (Map.Entry<String, String> fact : provenance.entrySet()) {
      out.writeUTF(fact.getKey());
      out.writeUTF(fact.getValue());
    }
    LearnerState.write(weights, out);
  }

  /** Reads what was written. */
  static Decision read(DataInput in) throws IOException {
    String version = in.readUTF();
    String reason = in.readUTF();
    Map<String, String> provenance = new LinkedHashMap<>();
    int facts = in.readInt();
    for (int i = 0; i < facts; i++) {
      provenance.put(in.readUTF(), in.readUTF());
    }
    return new Decision(version, reason, provenance, LearnerState.read(in));
  }
}
