package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;

/**
 * What the inference stage says of one record.
 *
 * @param line null where the record did not name a frame
 * @param deadLetter null where the record could be processed
 * @param batchSize how many frames shared the inference, 0 where none ran
 */
public record DetectedFrame(DetectionLine line, DeadLetter deadLetter, int batchSize) {}
