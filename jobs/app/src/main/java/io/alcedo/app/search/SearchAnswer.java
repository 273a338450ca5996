package io.alcedo.app.search;

import io.alcedo.app.index.Hit;
import java.util.List;

/**
 * What a search gave.
 *
 * @param version of the encoder that made the query's vector and all others
 * @param subject what was searched for
 * @param hits best first
 */
public record SearchAnswer(String version, Subject subject, List<Hit> hits) {}
