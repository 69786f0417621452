package org.positionmanager.worker.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;

class PayloadEncryptionTest {
  private static final String OLD = "old " + key(1);
  private static final String NEW = "new " + key(2);

  private static String key(int of) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) of);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static PayloadKeys keys(String... lines) {
    try {
      Path file = Files.createTempFile("keys", ".txt");
      try {
        Files.write(file, List.of(lines));
        return PayloadKeys.of(Map.of(PayloadKeys.FILE, file.toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PayloadEncryption by(String... lines) {
    return new PayloadEncryption(keys(lines), new SecureRandom());
  }

  private static Payload plain(String text) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8(text))
        .build();
  }

  @Property(tries = 200)
  void whatIsEncryptedIsReadAgainAsItWas(@ForAll String text) {
    PayloadEncryption codec = by(NEW);
    List<Payload> written = codec.encode(List.of(plain(text), plain("b")));
    assertThat(codec.decode(written)).containsExactly(plain(text), plain("b"));
  }

  @Test
  @DisplayName("nothing of a payload can be read in what is written, and no two are alike")
  void unreadable() {
    List<Payload> written = by(NEW).encode(List.of(plain("WMT 128.55"), plain("WMT 128.55")));
    assertThat(written).doesNotHaveDuplicates();
    assertThat(written)
        .allSatisfy(
            payload -> {
              assertThat(payload.toByteString().toStringUtf8())
                  .doesNotContain("WMT")
                  .doesNotContain("json");
              assertThat(payload.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                  .isEqualTo("new");
            });
  }

  @Test
  @DisplayName("after a rotation the old key reads what it wrote, and the new one writes")
  void rotation() {
    List<Payload> before = by(OLD).encode(List.of(plain("a")));
    PayloadEncryption rotated = by(NEW, OLD);
    assertThat(rotated.decode(before)).containsExactly(plain("a"));
    assertThat(
            rotated.encode(List.of(plain("a"))).getFirst().getMetadataOrThrow("encryption-key-id"))
        .isEqualTo(ByteString.copyFromUtf8("new"));
  }

  @Test
  @DisplayName("what was written before there were keys stays readable")
  void plainStays() {
    assertThat(by(NEW).decode(List.of(plain("a")))).containsExactly(plain("a"));
    PayloadEncryption none = new PayloadEncryption(PayloadKeys.NONE, new SecureRandom());
    assertThat(none.encode(List.of(plain("a")))).containsExactly(plain("a"));
  }

  @Test
  @DisplayName("a key that is missing is named with the variable that has to have it")
  void missingKey() {
    List<Payload> written = by(OLD).encode(List.of(plain("a")));
    assertThatThrownBy(() -> by(NEW).decode(written))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessage(
            "a payload is encrypted with key 'old', which is not in PM_PAYLOAD_KEYS_FILE: add it there");
  }

  @Test
  @DisplayName("what was changed, or written by another key of the same name, is refused")
  void changed() {
    Payload written = by(OLD).encode(List.of(plain("a"))).getFirst();
    byte[] bytes = written.getData().toByteArray();
    bytes[bytes.length - 1] ^= 1;
    Payload bent = written.toBuilder().setData(ByteString.copyFrom(bytes)).build();
    assertThatThrownBy(() -> by(OLD).decode(List.of(bent)))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("changed since");
    assertThatThrownBy(() -> by("old " + key(3)).decode(List.of(written)))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("another key of that name");
    Payload renamed =
        written.toBuilder()
            .putMetadata("encryption-key-id", ByteString.copyFromUtf8("new"))
            .build();
    assertThatThrownBy(() -> by(OLD, "new " + key(1)).decode(List.of(renamed)))
        .as("the name is bound to the payload")
        .isInstanceOf(PayloadCodecException.class);
    Payload cut = written.toBuilder().setData(ByteString.copyFrom(new byte[5])).build();
    assertThatThrownBy(() -> by(OLD).decode(List.of(cut)))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessage("an encrypted payload is cut short");
  }

  @Test
  @DisplayName("a failure's words are encrypted too, and come back")
  void failures() {
    DataConverter converter = PayloadEncryption.over(Payloads.converter(), keys(NEW));
    Failure failure =
        converter.exceptionToFailure(ApplicationFailure.newFailure("WMT 128.55 refused", "TYPE"));
    assertThat(failure.toByteString().toStringUtf8()).doesNotContain("WMT");
    assertThat(converter.failureToException(failure))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            back -> assertThat(back.getOriginalMessage()).isEqualTo("WMT 128.55 refused"));
  }
}
