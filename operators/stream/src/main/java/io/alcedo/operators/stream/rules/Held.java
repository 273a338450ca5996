package io.alcedo.operators.stream.rules;

import java.time.Instant;
import java.util.List;

/**
 * Something for which a condition holds at a line.
 *
 * @param subject what it is about: a track's id, or "" for the camera as a whole
 * @param opening detection id, or another name, of what opened it: the same in every run
 * @param since event time from which it holds
 * @param objects ids of the line's detections that show it
 * @param text for people, as in "person in gate for 3.0 s"
 */
record Held(String subject, String opening, Instant since, List<String> objects, String text) {}
