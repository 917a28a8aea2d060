package dev.trainyard.model;

import dev.trainyard.model.integrity.Sha256;
import dev.trainyard.model.signing.Signatures;
import dev.trainyard.model.signing.SigningKey;
import dev.trainyard.retention.Chore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs what was registered without a key, once: from the first start of a service that signs, or
 * the first after its key was lost, for as long as an upgrade may take, in which processes that do
 * not sign register more.
 */
@Component
class OldVersions implements Chore {

  private static final Logger LOG = LoggerFactory.getLogger(OldVersions.class);

  private static final Duration UPGRADE = Duration.ofDays(1);

  private final SigningKey key;
  private final Signatures signatures;
  private final VersionLedger ledger;
  private final ModelFolders folders;
  private final ModelImports imports;
  private final Clock clock;

  OldVersions(
      SigningKey key,
      Signatures signatures,
      VersionLedger ledger,
      ModelFolders folders,
      ModelImports imports,
      Clock clock)
      throws IOException {
    this.key = key;
    this.signatures = signatures;
    this.ledger = ledger;
    this.folders = folders;
    this.imports = imports;
    this.clock = clock;
    if (!key.isSettled() && ledger.ids().isEmpty()) {
      key.settle();
    }
  }

  @Override
  public void tidy() throws IOException {
    if (key.isSettled()) {
      return;
    }
    imports.takeUp(); // what is half published has its files elsewhere
    int signed = 0;
    for (String id : ledger.ids()) {
      ModelVersion version = ledger.find(id).orElse(null);
      if (version == null || !isUnsigned(version)) {
        continue;
      }
      if (isWhole(version)) {
        ledger.sign(id, signatures);
        signed++;
      } else {
        LOG.warn("{} is not signed: its files are not what was registered", version);
      }
    }
    if (signed > 0) {
      LOG.info("{} model versions that were registered without a signing key are signed", signed);
    }
    if (key.made().plus(UPGRADE).isBefore(clock.instant())) {
      key.settle();
    }
  }

  /** A signature that is not genuine is one of a lost key, if ours has only just been made. */
  private boolean isUnsigned(ModelVersion version) {
    return !version.hasSignature() || key.isFresh() && !version.isGenuine(signatures);
  }

  private boolean isWhole(ModelVersion version) throws IOException {
    Path folder = folders.of(version.modelName(), version.version());
    for (ModelFile file : version.files()) {
      Path path = folder.resolve(file.path());
      try {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            || !Sha256.of(path).equals(file.sha256())) {
          return false;
        }
      } catch (NoSuchFileException e) { // it is just being deleted
        return false;
      }
    }
    return true;
  }
}
