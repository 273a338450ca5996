package io.alcedo.connectors.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks for keys that no record has, before any record is made: a misspelt key also leaves the
 * right one missing, and that it is unknown is the better message.
 */
record UnknownKeys(ObjectMapper mapper) {

  /** What is wrong with the first key that is unknown, with its full path; null if none is. */
  String find(JsonNode node, JavaType type, String path) {
    if (node.isArray() && type.isCollectionLikeType()) {
      for (int i = 0; i < node.size(); i++) {
        String found = find(node.get(i), type.getContentType(), "%s[%d]".formatted(path, i));
        if (found != null) {
          return found;
        }
      }
    }
    return node.isObject() && type.getRawClass().isRecord() ? inRecord(node, type, path) : null;
  }

  private static String key(RecordComponent component) {
    JsonProperty other = component.getAccessor().getAnnotation(JsonProperty.class);
    return other == null ? component.getName() : other.value();
  }

  private String inRecord(JsonNode node, JavaType type, String path) {
    Map<String, JavaType> known = new TreeMap<>();
    for (RecordComponent component : type.getRawClass().getRecordComponents()) {
      known.put(key(component), mapper.constructType(component.getGenericType()));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (!known.containsKey(field.getKey())) {
        return "unknown key '%s'; expected one of %s".formatted(key, known.keySet());
      }
      String found = find(field.getValue(), known.get(field.getKey()), key);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
