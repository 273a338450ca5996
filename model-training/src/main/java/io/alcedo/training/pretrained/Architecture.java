package io.alcedo.training.pretrained;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network by its published name: which tensors a checkpoint of it has.
 *
 * @param name as torchvision has it
 * @param description a line for people
 * @param parameters shape by name, buffers included; −1 where the number of classes decides
 * @param head prefix of names that come after the trunk and are free: another classifier, a
 *     projector, or none; empty where nothing is free
 */
public record Architecture(
    String name, String description, Map<String, long[]> parameters, String head) {

  public Architecture {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  boolean isHead(String parameter) {
    return !head.isEmpty() && parameter.startsWith(head);
  }
}
