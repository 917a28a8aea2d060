package dev.trainyard.dataset.convert;

import java.util.Map;
import java.util.Set;

/**
 * What becomes of records that were made elsewhere; any other stays where it is.
 *
 * @param heldOut of training files, to validate on; told apart by identity, as all here
 * @param leftOut as duplicates
 * @param shown those to show, with their numbers
 */
record RecordFates(
    Set<Inspection.Usable> heldOut,
    Set<Inspection.Usable> leftOut,
    Map<Inspection.Usable, Integer> shown) {

  boolean stays(Inspection.Usable record) {
    return !heldOut.contains(record) && !leftOut.contains(record);
  }

  boolean isHeldOut(Inspection.Usable record) {
    return heldOut.contains(record) && !leftOut.contains(record);
  }
}
