package dev.trainyard.model.predict;

import dev.trainyard.trainer.protocol.TensorData;
import java.util.List;
import java.util.SortedMap;

/**
 * What a model says.
 *
 * @param outputs of all rows but the bad ones, in order; empty when all are bad
 * @param bad why rows could not be answered, by their place in the question
 */
public record Answer(List<TensorData> outputs, SortedMap<Integer, String> bad) {}
