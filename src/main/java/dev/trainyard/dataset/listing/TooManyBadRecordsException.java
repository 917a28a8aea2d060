package dev.trainyard.dataset.listing;

/** More records are bad than were said to be tolerable. */
public class TooManyBadRecordsException extends Exception {

  private static final long serialVersionUID = 1L;

  TooManyBadRecordsException(int limit, BadRecord first) {
    super(
        "More than %d records cannot be used (maxBadRecords). The first is %s%s: %s."
            .formatted(
                limit,
                first.file(),
                first.row() == null ? "" : ", row " + first.row(),
                first.reason()));
  }
}
