package dev.trainyard.upload;

/** Implemented by whoever takes uploads, so that none is deleted from under it. */
public interface UploadUse {

  boolean inUse(String uploadId);
}
