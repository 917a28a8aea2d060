package dev.trainyard.dataset.web;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.storage.DiskSpace;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Refuses an upload for which there is no room before its body is read. Spring asks for a resolver
 * of this name.
 */
@Component("multipartResolver")
class UploadRoom extends StandardServletMultipartResolver {

  private static final long MEGABYTE = 1 << 20;

  private final DiskSpace disk;

  UploadRoom(DiskSpace disk) {
    this.disk = disk;
  }

  /**
   * @throws ProblemException DISK_FULL when the reserve is gone, or would be with the upload
   */
  @Override
  public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
    long bytes = Math.max(0, request.getContentLengthLong()); // -1 when nobody knows
    if (!disk.hasRoomFor(bytes)) {
      throw new ProblemException(
          Problem.DISK_FULL,
          "The data folder has %,d MB free, of which %,d MB (trainyard.min-free-space) are kept for what runs; the upload has %,d MB. Delete what is no longer needed, then send it again."
              .formatted(disk.free() / MEGABYTE, disk.reserve() / MEGABYTE, megabytesOf(bytes)));
    }
    return super.resolveMultipart(request);
  }

  private static long megabytesOf(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }
}
