package dev.daypass.store;

import dev.daypass.access.Evidence;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The bucket of evidence: each file under {@code REQUEST/HASH}. A file that is put twice is the
 * same file; one that no request names is read by nobody.
 */
public final class EvidenceFiles {
  private final Supplier<S3Client> maker;
  private final String bucket;
  private @Nullable S3Client client;

  /**
   * @param maker of the client, asked with the first file: few calls bring or read one
   */
  public EvidenceFiles(Supplier<S3Client> maker, String bucket) {
    this.maker = maker;
    this.bucket = bucket;
  }

  /**
   * Keeps a file; once this returns it is there. S3 takes it only if what arrives has its hash.
   *
   * @throws IllegalArgumentException if the evidence is about another file
   */
  public void put(String request, Evidence evidence, byte[] file) {
    if (!evidence.isOf(file)) {
      throw new IllegalArgumentException("not the bytes of " + evidence);
    }
    var put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key(request, evidence))
            .contentType(evidence.type().media())
            .checksumSHA256(
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(evidence.sha256())))
            .build();
    s3().putObject(put, RequestBody.fromBytes(file));
  }

  /**
   * The bytes that were kept; empty if others lie in their place, which somebody has put there
   * since, or none.
   */
  public Optional<byte[]> get(String request, Evidence evidence) {
    var get = GetObjectRequest.builder().bucket(bucket).key(key(request, evidence)).build();
    try {
      var file = s3().getObjectAsBytes(get).asByteArray();
      return Optional.of(file).filter(evidence::isOf);
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }

  /** Where a file lies in the bucket. */
  public static String key(String request, Evidence evidence) {
    return request + "/" + evidence.sha256();
  }

  private synchronized S3Client s3() {
    if (client == null) {
      client = maker.get();
    }
    return client;
  }
}
