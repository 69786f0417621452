package org.positionmanager.worker.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts each payload by AES-256 in Galois/Counter mode with a random nonce, the key's name bound
 * to it. What was written without a key stays readable, and so does what was written by a key that
 * is kept: see {@link PayloadKeys}. Metadata are named as in Temporal's own samples.
 */
public final class PayloadEncryption implements PayloadCodec {
  private static final String ENCODING = "encoding";
  private static final String ENCRYPTED = "binary/encrypted";
  private static final String CIPHER = "encryption-cipher";
  private static final String KEY_ID = "encryption-key-id";
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  /** Recommended by NIST SP 800-38D, section 8.2: 96 bits. */
  private static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;

  private final PayloadKeys keys;
  private final SecureRandom random;

  /**
   * @param random makes the nonces: one that repeats would give the key away
   */
  public PayloadEncryption(PayloadKeys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /** A converter that encrypts what the other one writes, failures' messages included. */
  public static DataConverter over(DataConverter plain, PayloadKeys keys) {
    return new CodecDataConverter(
        plain,
        List.of(new PayloadEncryption(keys, new SecureRandom())),
        // what we did not encrypt ourselves stays as others wrote it
        keys.encrypt());
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return keys.current()
        .map(key -> payloads.stream().map(payload -> encrypted(payload, key)).toList())
        .orElse(payloads);
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decrypted).toList();
  }

  private Payload encrypted(Payload payload, PayloadKeys.Named key) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteString id = ByteString.copyFromUtf8(key.id());
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key.key(), nonce, id).doFinal(payload.toByteArray());
      return Payload.newBuilder()
          .putMetadata(ENCODING, ByteString.copyFromUtf8(ENCRYPTED))
          .putMetadata(CIPHER, ByteString.copyFromUtf8(TRANSFORMATION))
          .putMetadata(KEY_ID, id)
          .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
          .build();
    } catch (GeneralSecurityException e) {
      throw new PayloadCodecException("a payload cannot be encrypted with key " + key.id(), e);
    }
  }

  private Payload decrypted(Payload payload) {
    if (!payload
        .getMetadataOrDefault(ENCODING, ByteString.EMPTY)
        .toString(UTF_8)
        .equals(ENCRYPTED)) {
      return payload;
    }
    ByteString id = payload.getMetadataOrDefault(KEY_ID, ByteString.EMPTY);
    String name = id.toString(UTF_8);
    SecretKey key =
        keys.find(name)
            .orElseThrow(
                () ->
                    new PayloadCodecException(
                        "a payload is encrypted with key '%s', which is not in %s: add it there"
                            .formatted(name, PayloadKeys.FILE)));
    if (payload.getData().size() < NONCE_BYTES) {
      throw new PayloadCodecException("an encrypted payload is cut short");
    }
    byte[] nonce = payload.getData().substring(0, NONCE_BYTES).toByteArray();
    byte[] sealed = payload.getData().substring(NONCE_BYTES).toByteArray();
    try {
      return Payload.parseFrom(cipher(Cipher.DECRYPT_MODE, key, nonce, id).doFinal(sealed));
    } catch (AEADBadTagException e) {
      throw new PayloadCodecException(
          "a payload of key '%s' was written by another key of that name, or changed since: give each key a name of its own"
              .formatted(name),
          e);
    } catch (GeneralSecurityException | InvalidProtocolBufferException e) {
      throw new PayloadCodecException("a payload of key '" + name + "' cannot be decrypted", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, ByteString id)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.toByteArray());
    return cipher;
  }
}
