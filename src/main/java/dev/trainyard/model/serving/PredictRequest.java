package dev.trainyard.model.serving;

import java.util.List;

/**
 * What is asked of a model.
 *
 * @param signatureName {@code serving_default} when the request names none
 * @param images encoded, at least one
 */
record PredictRequest(String signatureName, List<byte[]> images) {}
